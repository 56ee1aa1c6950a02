/** @file What the tests share: closeness, leak counting. */
import assert from 'node:assert/strict';
import { tf } from '../../src/engine';

type Numbers = number | readonly number[] | ArrayLike<number> | tf.Tensor;

function flatten(value: Numbers): number[] {
  if (typeof value === 'number') return [value];
  if (value instanceof tf.Tensor) return Array.from(value.dataSync());
  return Array.from(value as ArrayLike<number>);
}

/** Fails unless all numbers agree within `tolerance`, absolute or relative to the expected value. */
export function expectClose(received: Numbers, expected: Numbers, tolerance = 1e-5): void {
  const [got, want] = [flatten(received), flatten(expected)];
  assert.equal(got.length, want.length, 'another number of values');
  got.forEach((value, i) => {
    const slack = tolerance * Math.max(1, Math.abs(want[i]));
    const close = Object.is(value, want[i]) || Math.abs(value - want[i]) <= slack;
    assert.ok(close, `at ${i}: expected ${want[i]}, received ${value}`);
  });
}

/** Runs `f` and fails unless it leaves exactly `count` tensors more than there were. */
export function leaves<T>(count: number, f: () => T): T {
  const before = tf.memory().numTensors;
  const result = f();
  assert.equal(tf.memory().numTensors - before, count, 'tensors left behind');
  return result;
}

/** The same for a function that gives a promise. */
export async function leavesAsync<T>(count: number, f: () => Promise<T>): Promise<T> {
  const before = tf.memory().numTensors;
  const result = await f();
  assert.equal(tf.memory().numTensors - before, count, 'tensors left behind');
  return result;
}
