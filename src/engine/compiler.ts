/**
 * @file Decides how a function runs. With arguments of shapes it has not met it runs for real and
 * is written down; when such arguments come again it is compiled. What cannot be compiled runs op
 * by op, which is said once.
 */
import { Logger } from '../utils/log';
import { letGatherBeTraced } from './gather';
import { type NativeBackend, nativeBackend } from './native';
import { Outputs } from './outputs';
import { type Compiled, compileStep } from './compiled_program';
import { compileEachRow } from './each_row';
import { canLoop, compileLoop } from './loop';
import { productsNow } from './products';
import { type Program, programOf } from './program';
import { joinRows, rowsOf, stackOutputs } from './rows';
import * as tf from './tf';
import { activeTrace, Trace } from './trace';

/** Kept compiled at the same time, of one function, for different shapes. */
const MAX_VARIANTS = 16;

const log = new Logger('engine');
/** What was said already: each dataset of a monitor has a function, refused for the same line. */
const said = new Set<string>();

function sayOnce(text: string): void {
  if (said.has(text)) return;
  said.add(text);
  log.warn(text);
}

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

function signatureOf(args: readonly Pick<tf.Tensor, 'dtype' | 'shape'>[]): string {
  const kinds = args.map(({ dtype, shape }) => `${dtype}[${shape.join()}]`);
  return [productsNow(), ...kinds].join(' ');
}

/** What the rows of the arguments would be signed with. */
function rowSignatureOf(args: readonly tf.Tensor[]): string {
  return signatureOf(args.map(({ dtype, shape }) => ({ dtype, shape: shape.slice(1) })));
}

/** What has been made of a body for one signature. */
interface Variant {
  program: Program;
  step?: Compiled | null;
  /** For several calls; null where there is no better way than one after the other. */
  rows?: Compiled | null;
}

/** For several calls in one, or at least what they share. */
function compileRows(backend: NativeBackend, program: Program, name: string): Compiled | undefined {
  if (!program.stacks) return undefined;
  const compile = canLoop(backend, program) ? compileLoop : compileEachRow;
  return compile(backend, program, name);
}

const compilers = { step: compileStep, rows: compileRows };

/** A body, and what has been made of it for each signature. */
export class Compiler {
  private readonly variants = new Map<string, Variant>();
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
    const backend = this.backendFor(args);
    if (!backend) return this.plain(args);
    const signature = signatureOf(args);
    const compiled = this.find(backend, signature, 'step');
    if (compiled) return this.runCompiled(compiled, args, () => this.plain(args));
    return this.refused ? this.plain(args) : this.trace(backend, args, signature);
  }

  /** Runs it for one row of the arguments after the other, in one call where that can be. */
  runEach(args: readonly tf.Tensor[]): unknown {
    const together = this.tryTogether(args);
    if (together) return together.value;
    const rows = rowsOf(args);
    try {
      const first = stackOutputs([this.run(rows[0])]);
      return joinRows(rows.length === 1 ? [first] : [first, this.runRest(args, rows)]);
    } finally {
      tf.dispose(rows);
    }
  }

  /** The rows after the first one, which has been traced. */
  private runRest(args: readonly tf.Tensor[], rows: readonly tf.Tensor[][]): unknown {
    const rest = args.map((arg) => arg.slice(1));
    try {
      const together = this.tryTogether(rest);
      return together ? together.value : stackOutputs(rows.slice(1).map((row) => this.run(row)));
    } finally {
      tf.dispose(rest);
    }
  }

  private tryTogether(args: readonly tf.Tensor[]): { value: unknown } | undefined {
    const backend = this.backendFor(args);
    const rows = backend && this.find(backend, rowSignatureOf(args), 'rows');
    return rows && { value: this.runCompiled(rows, args, () => this.runEach(args)) };
  }

  private backendFor(args: readonly tf.Tensor[]): NativeBackend | undefined {
    if (this.refused || !args.every(({ dtype }) => PLAIN.includes(dtype))) return undefined;
    return backendForCompiling();
  }

  /** Where the arguments are to blame, the other way throws as well, in tfjs's words. */
  private runCompiled(
    compiled: Compiled,
    args: readonly tf.Tensor[],
    otherwise: () => unknown,
  ): unknown {
    try {
      return compiled.run(args);
    } catch (error) {
      const { refused } = this;
      this.refused = true;
      const result = otherwise();
      this.refused = refused;
      this.refuse((error as Error).message);
      return result;
    }
  }

  /** Op by op. */
  private plain(args: readonly tf.Tensor[]): unknown {
    return tf.tidy(() => this.body(...args) as tf.TensorContainer);
  }

  private find(
    backend: NativeBackend,
    signature: string,
    kind: keyof typeof compilers,
  ): Compiled | undefined {
    const variant = this.variants.get(signature);
    if (!variant) return undefined;
    if (variant[kind] === undefined) {
      variant[kind] = this.compile(backend, variant.program, kind) ?? null;
    }
    const compiled = variant[kind];
    if (compiled === null) return undefined;
    if (compiled.isWhole()) return compiled;
    this.variants.delete(signature);
    return undefined;
  }

  private compile(
    backend: NativeBackend,
    program: Program,
    kind: keyof typeof compilers,
  ): Compiled | undefined {
    try {
      return compilers[kind](backend, program, this.name);
    } catch (error) {
      this.refuse((error as Error).message);
      return undefined;
    }
  }

  /** Runs the body for real and writes it down. */
  private trace(backend: NativeBackend, args: readonly tf.Tensor[], signature: string): unknown {
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
    if (trace.refusal === undefined) this.remember(signature, program!);
    else this.refuse(trace.refusal);
    return program!.assemble(outputs!.tensors, args);
  }

  private remember(signature: string, program: Program): void {
    const [oldest] = this.variants.keys();
    if (this.variants.size >= MAX_VARIANTS) this.variants.delete(oldest);
    this.variants.set(signature, { program });
  }

  private refuse(reason: string): void {
    if (this.refused) return;
    this.refused = true;
    this.variants.clear();
    const words = reason.replace(/\s+/g, ' ');
    sayOnce(`${this.name} is not compiled and runs op by op, slower: ${words}.`);
  }
}
