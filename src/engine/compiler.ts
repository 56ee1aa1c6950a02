/**
 * @file Decides how a function runs. With arguments of shapes it has not met it runs for real and
 * is written down; when such arguments come again it is compiled. What cannot be compiled runs op
 * by op, which is said once.
 */
import { Logger } from '../utils/log';
import { letGatherBeTraced } from './gather';
import { type NativeBackend, nativeBackend } from './native';
import { Outputs } from './outputs';
import { CompiledProgram, type Program, programOf } from './program';
import * as tf from './tf';
import { activeTrace, Trace } from './trace';

/** Kept compiled at the same time, of one function, for different shapes. */
const MAX_VARIANTS = 16;

const log = new Logger('engine');
const PLAIN: readonly string[] = ['float32', 'int32', 'bool'];

let compiling = process.env.TSLEARN2_COMPILE !== '0';

/**
 * Turns compiling on or off, for this process.
 * @returns What it was before; at first on, unless TSLEARN2_COMPILE=0.
 */
export function setCompiling(on: boolean): boolean {
  const before = compiling;
  compiling = on;
  return before;
}

/** The backend to compile for, if functions are to be compiled now. */
function backendForCompiling(): NativeBackend | undefined {
  if (!compiling || activeTrace() || tf.engine().state.activeTape) return undefined;
  const backend = nativeBackend();
  return backend?.binding.addFunction ? backend : undefined;
}

function signatureOf(args: readonly tf.Tensor[]): string {
  return args.map(({ dtype, shape }) => `${dtype}[${shape.join()}]`).join(' ');
}

/** A body, and what has been made of it for each signature. */
export class Compiler {
  private readonly variants = new Map<string, Program | CompiledProgram>();
  private refused = false;

  /**
   * @param body - Runs the function op by op: outputs and assignments.
   * @param name - For notices.
   */
  constructor(
    private readonly body: (...args: tf.Tensor[]) => unknown,
    private readonly name: string,
  ) {}

  run(args: readonly tf.Tensor[]): unknown {
    const backend = this.refused ? undefined : backendForCompiling();
    if (!backend || !args.every(({ dtype }) => PLAIN.includes(dtype))) return this.plain(args);
    const compiled = this.find(backend, signatureOf(args));
    if (!compiled) return this.refused ? this.plain(args) : this.trace(backend, args);
    try {
      return compiled.run(args);
    } catch (error) {
      // Where the arguments are to blame, this throws as well, in tfjs's words.
      const result = this.plain(args);
      this.refuse((error as Error).message);
      return result;
    }
  }

  /** Op by op. */
  private plain(args: readonly tf.Tensor[]): unknown {
    return tf.tidy(() => this.body(...args) as tf.TensorContainer);
  }

  private find(backend: NativeBackend, signature: string): CompiledProgram | undefined {
    const variant = this.variants.get(signature);
    if (variant === undefined) return undefined;
    const compiled = variant instanceof CompiledProgram ? variant : this.compile(backend, variant);
    if (compiled?.isWhole()) {
      if (compiled !== variant) this.variants.set(signature, compiled);
      return compiled;
    }
    this.variants.delete(signature);
    return undefined;
  }

  private compile(backend: NativeBackend, program: Program): CompiledProgram | undefined {
    try {
      return new CompiledProgram(backend, program, this.name);
    } catch (error) {
      this.refuse((error as Error).message);
      return undefined;
    }
  }

  /** Runs the body for real and writes it down. */
  private trace(backend: NativeBackend, args: readonly tf.Tensor[]): unknown {
    letGatherBeTraced();
    const trace = new Trace(backend, args);
    let program: Program | undefined;
    let outputs: Outputs | undefined;
    try {
      trace.run(() => {
        const value = tf.tidy(() => this.body(...trace.args) as tf.TensorContainer);
        outputs = new Outputs(value, trace);
        program = programOf(trace, outputs);
      });
    } finally {
      trace.end(program !== undefined);
    }
    if (trace.refusal === undefined) this.remember(signatureOf(args), program!);
    else this.refuse(trace.refusal);
    return program!.assemble(outputs!.tensors, args);
  }

  private remember(signature: string, program: Program): void {
    const [oldest] = this.variants.keys();
    if (this.variants.size >= MAX_VARIANTS) this.variants.delete(oldest);
    this.variants.set(signature, program);
  }

  private refuse(reason: string): void {
    if (this.refused) return;
    this.refused = true;
    this.variants.clear();
    const words = reason.replace(/\s+/g, ' ');
    log.warn(`${this.name} is not compiled and runs op by op, slower: ${words}.`);
  }
}
