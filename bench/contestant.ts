/** @file Those who are compared, each in a process of its own that waits while it is not its turn. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { createInterface, type Interface } from 'node:readline';
import type { Readable } from 'node:stream';

/** What to train. */
export interface Spec {
  /** Of experiments/. */
  name: string;
  /** Folder with the digits as .npy files. */
  data: string;
  /** Examples in the training set, and in the validation and the test set. */
  train: number;
  held: number;
  batchSize: number;
  /** Units of the first hidden layer of `mlp`; the second one has twice as many. */
  width: number;
}

export type Request =
  | { do: 'setup'; spec: Spec }
  | { do: 'steps' | 'epochs'; count: number }
  | { do: 'memory' | 'limits' };

/** What of this an answer holds depends on the request. */
export interface Answer {
  seconds?: number;
  /** Seconds in which training let others run. */
  breathing?: number;
  /** Channels after the last epoch; the processor's limits. */
  values?: Record<string, number>;
  /** Megabytes. */
  resident?: number;
  peak?: number;
  tensors?: number;
}

/** How one side is started. */
export interface Side {
  name: string;
  /** The experiments in which it takes part; all unless given. */
  only?: readonly string[];
  command: readonly string[];
  env?: Record<string, string>;
}

/** Our side. */
export function ownSide(name: string, flags: string[] = [], env = {}): Side {
  const node = [process.execPath, '--expose-gc', '--require', 'tsx/cjs'];
  return { name, command: [...node, join(__dirname, 'worker.ts'), ...flags], env };
}

const convolutional = ['conv', 'dropout'];

/** The other sides, in the Python given. */
function pythonSides(python: string): Side[] {
  const script = (name: string, mode: string) => [python, join(__dirname, 'python', name), mode];
  return [
    { name: 'PyTorch', command: script('torch_bench.py', 'eager') },
    {
      name: 'PyTorch channels_last',
      only: convolutional,
      command: script('torch_bench.py', 'channels_last'),
    },
    { name: 'torch.compile', command: script('torch_bench.py', 'compile') },
    { name: 'JAX', command: script('jax_bench.py', 'jit') },
    {
      name: 'JAX scan',
      // Its convolutions are ten times slower in a loop on a processor.
      only: ['softmax', 'dae', 'mlp'],
      command: script('jax_bench.py', 'scan'),
    },
  ];
}

/** Everybody who takes part; ours, compiled, comes first. */
export function allSides(python: string | undefined): Side[] {
  const own = [ownSide('compiled'), ownSide('eager', [], { TSLEARN2_COMPILE: '0' })];
  return python === undefined ? own : [...own, ...pythonSides(python)];
}

/** The same processors for everybody, and as many threads; no GPU. */
function fair(threads: number, command: readonly string[]): string[] {
  if (cpus().length <= threads || process.platform !== 'linux') return [...command];
  execFileSync('taskset', ['--version']);
  return ['taskset', '-c', `0-${threads - 1}`, ...command];
}

function environment(threads: number): Record<string, string> {
  const names = ['OMP_NUM_THREADS', 'MKL_NUM_THREADS', 'TF_NUM_INTRAOP_THREADS'];
  const counts = names.map((name) => [name, String(threads)]);
  const processor = { CUDA_VISIBLE_DEVICES: '', JAX_PLATFORMS: 'cpu' };
  // torch.compile's helpers would be at work when it is the others' turn.
  const alone = { TORCHINDUCTOR_COMPILE_THREADS: '1' };
  return { ...Object.fromEntries(counts), ...processor, ...alone };
}

/** A side at work. */
export class Contestant {
  private readonly child: ChildProcess;
  private readonly replies: AsyncIterator<string>;
  private readonly lines: Interface;
  private errors = '';

  constructor(
    readonly side: Side,
    threads: number,
  ) {
    const [program, ...args] = fair(threads, side.command);
    const env = { ...process.env, ...environment(threads), ...side.env };
    this.child = spawn(program, args, { env, stdio: ['pipe', 'ignore', 'pipe', 'pipe'] });
    this.child.on('error', (error) => (this.errors += error.message));
    this.child.stdin!.on('error', () => {});
    this.child.stderr!.on('data', (text: Buffer) => {
      this.errors = (this.errors + text.toString()).slice(-2000);
    });
    this.lines = createInterface({ input: this.child.stdio[3] as Readable });
    this.replies = this.lines[Symbol.asyncIterator]();
  }

  /** @throws Error with the last line that the process wrote when it ended instead of answering. */
  async ask(request: Request): Promise<Answer> {
    this.child.stdin!.write(`${JSON.stringify(request)}\n`);
    const { value, done } = await this.replies.next();
    if (!done) return JSON.parse(value) as Answer;
    const last = this.errors.trim().split('\n').at(-1);
    throw new Error(`${this.side.name} has failed: ${last || 'it said nothing'}`);
  }

  async stop(): Promise<void> {
    if (this.child.exitCode !== null || this.child.pid === undefined) return;
    const ended = new Promise((resolve) => this.child.once('exit', resolve));
    this.child.stdin!.end();
    await ended;
  }
}
