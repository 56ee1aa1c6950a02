/** @file What the tests of compiled functions share. */
import assert from 'node:assert/strict';
import { setCompiling, tf } from '../../src/engine';
import { type NativeBackend, nativeBackend, overlaid } from '../../src/engine/native';

/** The ops that reach TensorFlow while `f` runs, by name. */
export function opsOf<T>(f: () => T): { result: T; ops: string[] } {
  const backend = nativeBackend() as NativeBackend;
  const { binding } = backend;
  const ops: string[] = [];
  backend.binding = overlaid(binding, {
    executeOp: (...call) => {
      ops.push(call[0]);
      return binding.executeOp(...call);
    },
  });
  try {
    return { result: f(), ops };
  } finally {
    backend.binding = binding;
  }
}

/** Runs `f`, which makes functions and runs them, with compiling on or off. */
export function compiling<T>(on: boolean, f: () => T): T {
  const before = setCompiling(on);
  try {
    return f();
  } finally {
    setCompiling(before);
  }
}

/** The same for a function that gives a promise. */
export async function compilingAsync<T>(on: boolean, f: () => Promise<T>): Promise<T> {
  const before = setCompiling(on);
  try {
    return await f();
  } finally {
    setCompiling(before);
  }
}

/**
 * Calls a function three times: traced, compiled, compiled again.
 * @returns What the last call gave; fails unless that one was a single op for TensorFlow.
 */
export function compiledCall<T extends tf.TensorContainer>(call: () => T): T {
  return compiling(true, () => {
    tf.dispose(call());
    tf.dispose(call());
    const { result, ops } = opsOf(call);
    assert.equal(ops.length, 1, `not compiled: ${ops.join(', ')}`);
    return result;
  });
}
