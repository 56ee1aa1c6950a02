/**
 * @file A traced body as a function of TensorFlow's, which runs it in one call, its tensors staying
 * on the device.
 */
import {
  type DataId,
  handleOf,
  type NativeBackend,
  replaceData,
  type TensorMetadata,
} from './native';
import { NativeFunction } from './native_function';
import type { Program } from './program';
import type { SharedVariable } from './shared';
import type * as tf from './tf';
import { withThreads } from './threads';
import type { Source } from './trace';

/** What runs for given arguments. */
export interface Compiled {
  /** Whether all that the body captured is still there. */
  isWhole(): boolean;
  /** @throws Error when TensorFlow cannot run it. */
  run(args: readonly tf.Tensor[]): unknown;
}

/** A program in TensorFlow's hands. */
export class CompiledProgram implements Compiled {
  private readonly sources: readonly Source[];

  /** @param native - Takes the program's inputs and gives its results. */
  constructor(
    private readonly backend: NativeBackend,
    private readonly program: Pick<Program, 'inputs' | 'results' | 'updates' | 'assemble'>,
    private readonly native: NativeFunction,
  ) {
    this.sources = program.inputs.map(({ source }) => source);
  }

  /** Whether all that the body captured is still there. */
  isWhole(): boolean {
    return this.sources.every((source) => {
      if ('argument' in source) return true;
      return this.backend.tensorMap.has(dataOf(source));
    });
  }

  /**
   * Runs it.
   * @param more - What the function takes beside the program's inputs.
   * @returns The outputs, owned by the caller.
   * @throws Error when TensorFlow cannot run it; no variable has then changed.
   */
  run(args: readonly tf.Tensor[], more: readonly tf.Tensor[] = []): unknown {
    const { backend, native, program } = this;
    const ids = more.map(({ dataId }) => handleOf(backend, backend.binding, dataId));
    const results = native.run([...this.inputIds(args), ...ids]);
    const first = results.length - program.updates.length;
    const outputs = results.slice(0, first).map((one) => backend.createOutputTensor(one));
    program.updates.forEach((shared, i) => this.update(shared, results[first + i]));
    return program.assemble(outputs, args);
  }

  private inputIds(args: readonly tf.Tensor[]): number[] {
    const { backend } = this;
    return this.sources.map((source) => {
      const data = 'argument' in source ? args[source.argument].dataId : dataOf(source);
      return handleOf(backend, backend.binding, data);
    });
  }

  /** In place, where nobody else looks at the old value. */
  private update(shared: SharedVariable, result: TensorMetadata): void {
    const { backend } = this;
    const data = backend.tensorMap.get(shared.held());
    if (data.refCount === 1) return replaceData(backend.binding, data, result.id);
    const next = backend.createOutputTensor(result);
    shared.assign(next);
    next.dispose();
  }
}

/** A body as it was traced. */
export function compileStep(
  backend: NativeBackend,
  program: Program,
  label: string,
): CompiledProgram {
  const graph = withThreads(backend, program, program.work);
  return new CompiledProgram(backend, program, new NativeFunction(backend, graph, label));
}

function dataOf(source: Exclude<Source, { argument: number }>): DataId {
  if ('shared' in source) return source.shared.held();
  return 'variable' in source ? source.variable.dataId : source.data;
}
