/**
 * @file Loads TensorFlow behind tfjs once for the process: the native engine that the set-up
 * built, on CUDA or the processor, or tfjs's own JavaScript backend, slow, when there is none.
 */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import util from 'node:util';

/** What the set-up left beside the packages: which engine it built, or why it built none. */
export interface EngineStamp {
  kind: 'cpu' | 'gpu' | 'package' | 'js';
  /** Version of TensorFlow, for a native engine. */
  tensorflow?: string;
  /** Why there is no native engine. */
  why?: string;
}

const STAMP = '.tslearn2-engine.json';

function findStamp(folder: string): string | undefined {
  const path = join(folder, 'node_modules', STAMP);
  if (existsSync(path)) return path;
  const parent = dirname(folder);
  return parent === folder ? undefined : findStamp(parent);
}

/** Reads the set-up's stamp; cheap, does not load the engine. */
export function engineStamp(): EngineStamp | undefined {
  const path = findStamp(__dirname);
  return path === undefined ? undefined : (JSON.parse(readFileSync(path, 'utf8')) as EngineStamp);
}

/** tfjs-node calls two functions that Node warns of in version 22, and has removed in 23. */
function restoreRemovedUtilities(): void {
  const target = util as unknown as Record<string, unknown>;
  target.isNullOrUndefined = (value: unknown) => value === null || value === undefined;
  target.isArray = Array.isArray;
}

/** TensorFlow's log lines are quiet unless the user asked for them. */
function quietTensorFlow(): void {
  process.env.TF_CPP_MIN_LOG_LEVEL ??= '2';
}

/**
 * Two ops at a time, each on all processors: loops over the batches of a monitored dataset run side
 * by side (loop.ts). TensorFlow reads this once, and the user's own setting stands.
 */
function settleThreads(): void {
  process.env.TF_NUM_INTEROP_THREADS ??= '2';
}

let failure: Error | undefined;

/** Why the native engine could not be loaded; undefined when it was. */
export function nativeFailure(): Error | undefined {
  return failure;
}

function wantsNative(): boolean {
  return (process.env.TSLEARN2_ENGINE ?? engineStamp()?.kind) !== 'js';
}

/** Registers the native backend with tfjs, or warns, once and loudly, that training will be slow. */
export function loadNativeBackend(): void {
  quietTensorFlow();
  settleThreads();
  restoreRemovedUtilities();
  try {
    if (!wantsNative()) throw new Error(engineStamp()?.why ?? 'TSLEARN2_ENGINE=js asks for none');
    // Required at run time: a static import would fail where no native engine was built.
    // eslint-disable-next-line @typescript-eslint/no-require-imports
    require('@tensorflow/tfjs-node-gpu');
  } catch (error) {
    failure = error as Error;
    process.emitWarning(
      `No native TensorFlow (${failure.message.split('\n')[0]}). Training runs in JavaScript, ` +
        'many times slower. `npx tslearn2 doctor` tells what to do.',
      'EngineWarning',
    );
  }
}

/** One line that tells on what training runs; does not load the engine. */
export function deviceSummary(): string {
  const stamp = engineStamp();
  if (failure || !stamp || stamp.kind === 'js') {
    return stamp && !failure ? 'JavaScript (slow: no native TensorFlow)' : loadedSummary();
  }
  const version = stamp.tensorflow ? `TensorFlow ${stamp.tensorflow}` : 'TensorFlow';
  return stamp.kind === 'cpu' ? `CPU (${version})` : `CUDA if a GPU answers, else CPU (${version})`;
}

function loadedSummary(): string {
  return failure ? `JavaScript (slow: ${failure.message.split('\n')[0]})` : 'TensorFlow';
}
