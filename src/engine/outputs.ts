/** @file How a function's outputs are put together again at each call. */
import * as tf from './tf';
import type { Trace } from './trace';

/** From the tensors that a call made and the arguments it got. */
export type Assemble = (made: readonly tf.Tensor[], args: readonly tf.Tensor[]) => unknown;

/** What of the outputs of a traced run has to be computed, and how the rest comes by. */
export class Outputs {
  /** The tensors to compute, as the traced run made them. */
  readonly tensors: tf.Tensor[] = [];
  readonly assemble: Assemble;
  /** Whether outputs of several calls can be stacked: none is an argument or outlives the call. */
  stacks = true;

  constructor(
    outputs: unknown,
    private readonly trace: Trace,
  ) {
    this.assemble = this.plan(outputs);
  }

  private plan(value: unknown): Assemble {
    if (value instanceof tf.Tensor) return this.planTensor(value);
    if (Array.isArray(value)) {
      const parts = value.map((part) => this.plan(part));
      return (...call) => parts.map((part) => part(...call));
    }
    if (value === null || typeof value !== 'object') {
      this.stacks = false;
      return () => value;
    }
    return this.planObject(value);
  }

  private planObject(value: object): Assemble {
    if (Object.getPrototypeOf(value) !== Object.prototype) {
      this.trace.refuse(`it gives out a ${value.constructor?.name ?? 'bare object'}`);
    }
    const parts = Object.entries(value).map(([key, part]) => [key, this.plan(part)] as const);
    return (...call) => Object.fromEntries(parts.map(([key, part]) => [key, part(...call)]));
  }

  private planTensor(tensor: tf.Tensor): Assemble {
    const argument = this.trace.args.indexOf(tensor);
    const outside = argument < 0 && this.trace.isOutside(tensor);
    if (argument >= 0 || outside) this.stacks = false;
    if (argument >= 0) return (_, args) => args[argument];
    if (outside) return () => tensor;
    const index = this.place(tensor);
    return (made) => made[index];
  }

  private place(tensor: tf.Tensor): number {
    const known = this.tensors.indexOf(tensor);
    return known >= 0 ? known : this.tensors.push(tensor) - 1;
  }
}
