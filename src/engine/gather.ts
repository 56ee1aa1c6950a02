/**
 * @file Lets `gather` be traced. tfjs-node reads the indices of each gather, only to check them;
 * TensorFlow checks them too, on the processor, when the compiled function runs.
 */
import { nativeBackend, replaceKernel } from './native';
import * as tf from './tf';
import { activeTrace } from './trace';

let done = false;

/** Runs `f`, in which reading a tensor gives nothing. */
function unread<T>(f: () => T): T {
  const backend = nativeBackend()!;
  backend.readSync = () => new Int32Array();
  try {
    return f();
  } finally {
    delete (backend as Partial<typeof backend>).readSync;
  }
}

/** Replaces the kernel, once, by one that leaves out the check while a function is traced. */
export function letGatherBeTraced(): void {
  if (done) return;
  done = true;
  replaceKernel(
    tf.GatherV2,
    (otherwise) => (call) => (activeTrace() ? unread(() => otherwise(call)) : otherwise(call)),
  );
}
