import assert from 'node:assert/strict';
import { function as makeFunction, sharedX, tf } from '../../src/engine';
import { type NativeBackend, nativeBackend, overlaid } from '../../src/engine/native';
import { withThreads, workOf } from '../../src/engine/threads';
import type { TracedNode } from '../../src/engine/trace';
import { compiling } from '../support/compiled';

const backend = () => nativeBackend() as NativeBackend;

function graph() {
  const x = { name: 'input_0', dtype: 1 };
  const node = (name: string) => ({ name, op: 'Square', attributes: [], inputs: [x] });
  const results = [{ name: 'node_0:0', dtype: 1 }];
  return { inputs: [x], nodes: [node('node_0'), node('node_1')], results };
}

/** How many threads TensorFlow's ops get from such nodes on, and whether ours are without help. */
const settings = (nodes: readonly TracedNode[]) =>
  nodes.map(({ attributes }) => attributes.map(({ value }) => value));

describe('engine/threads', () => {
  it('counts the multiplications of products, transposed or not, and elements elsewhere', () => {
    assert.equal(workOf('MatMul', [100 * 784, 784 * 10], 100 * 10), 784_000);
    assert.equal(workOf('BatchMatMulV2', [100 * 784, 100 * 10], 784 * 10), 784_000);
    assert.equal(workOf('Tanh', [500], 500), 2000);
    assert.equal(workOf('Conv2D', [10, 10], 10), Infinity);
  });

  it('keeps small functions to one thread, op by op, and gives it free afterwards', () => {
    const { nodes, results } = withThreads(backend(), graph(), { most: 784_000, apart: 0 });
    const [limit, square, twice, lift] = nodes;
    assert.deepEqual(settings([limit, lift]), [
      [1, true],
      [1_000_000, false],
    ]);
    assert.equal(square.inputs[0].name, `${limit.name}:0`);
    assert.equal(square.after, undefined);
    assert.equal(twice.after, square.name);
    assert.equal(lift.after, twice.name);
    assert.deepEqual(results, [{ name: `${lift.name}:0`, dtype: 1 }]);
  });

  it('keeps the ops of functions with larger products in order, ours with help', () => {
    const product = 100 * 784 * 500;
    for (const [apart, count] of [
      [100 * 500, 1],
      [10_000_000, 1_000_000],
    ]) {
      const { nodes } = withThreads(backend(), graph(), { most: product, apart });
      assert.deepEqual(settings([nodes[0]]), [[count, false]]);
      assert.equal(nodes[2].after, 'node_0');
    }
  });

  it('leaves convolutions as they are, and large products where no op of ours computes them', () => {
    const given = graph();
    assert.equal(withThreads(backend(), given, { most: Infinity, apart: 1 }), given);
    const { binding } = backend();
    const other = { ...backend(), binding: overlaid(binding, { hasProduct: false }) };
    assert.equal(withThreads(other, given, { most: 39_200_000, apart: 1 }), given);
  });

  it('leaves a graph for a GPU, and one that takes or gives nothing, as it is', () => {
    const small = { most: 1, apart: 1 };
    const given = graph();
    assert.equal(withThreads({ ...backend(), isUsingGpuDevice: true }, given, small), given);
    const nothing = { ...given, inputs: [] };
    assert.equal(withThreads(backend(), nothing, small), nothing);
    const silent = { ...given, results: [] };
    assert.equal(withThreads(backend(), silent, small), silent);
  });

  it('gives the same numbers however large and small functions take turns', () =>
    compiling(true, () => {
      const w = sharedX(tf.randomUniform([600, 600], -1, 1, 'float32', 3), 'w');
      const large = makeFunction((x: tf.Tensor) => ({ outputs: x.dot(w).dot(w) }));
      const small = makeFunction((x: tf.Tensor) => ({ outputs: x.mul(w.slice([0, 0], [1, 600])) }));
      const [x, y] = [[600, 600], [1, 600]].map((shape) => tf.ones(shape)); // prettier-ignore
      const runs = [1, 2, 3, 4].map(() =>
        [large(x), small(y)].map((one) => one.sum().dataSync()[0]),
      );
      for (const run of runs) assert.deepEqual(run, runs[0]);
    }));
});
