import assert from 'node:assert/strict';
import {
  function as makeFunction,
  RandomStream,
  type SharedVariable,
  sharedX,
  tf,
} from '../../src/engine';
import { withJoinedOps } from '../../src/engine/elementwise';
import { type NativeBackend, nativeBackend } from '../../src/engine/native';
import type { Graph } from '../../src/engine/native_function';
import type { Place, TracedNode } from '../../src/engine/trace';
import { compiledCall, compiling } from '../support/compiled';
import { leaves } from '../support/expect';

const uniform = (shape: number[], seed: number) => tf.randomUniform(shape, -2, 2, 'float32', seed);

/** Each between two others, so that it is joined with them. */
const ops: Record<string, (x: tf.Tensor, y: tf.Tensor) => tf.Tensor> = {
  add: (x, y) => x.add(y),
  sub: (x, y) => x.sub(y),
  mul: (x, y) => x.mul(y),
  div: (x, y) => x.div(y),
  neg: (x) => x.neg(),
  square: (x) => x.square(),
  sqrt: (x) => x.sqrt(),
  abs: (x) => x.abs(),
  relu: (x) => x.relu(),
  'slope of relu': (x, y) => tf.grad((z: tf.Tensor) => z.relu().mul(y))(x),
  less: (x, y) => x.less(y).cast('float32'),
  'a chain': (x, y) => x.mul(y).sub(x.square()).div(y.abs().add(1)).neg().mul(x),
};

/** What joined ops of our own give, and what TensorFlow's do. */
function bothWays(f: (x: tf.Tensor) => tf.Tensor, x: tf.Tensor): tf.TypedArray[] {
  const call = makeFunction((given: tf.Tensor) => ({ outputs: f(given) }));
  const joined = compiledCall(() => call(x)).dataSync();
  return [joined, compiling(false, () => call(x)).dataSync()];
}

const special = tf.tensor1d([NaN, Infinity, -Infinity, 0, -0, 1e-42, -1e-42, 3e38, -3e38, 1, -1]);
const place = (name: string, shape: number[] = [4], dtype = 1): Place => ({ name, shape, dtype });
const node = (name: string, op: string, inputs: Place[]): TracedNode => ({
  name,
  op,
  inputs,
  attributes: [],
});

/** The ops of a graph after joining, and what each takes. */
function joined(graph: Graph): [op: string, inputs: string][] {
  const { nodes } = withJoinedOps(nativeBackend() as NativeBackend, graph);
  return nodes.map(({ op, inputs }) => [op, inputs.map(({ name }) => name).join(' ')]);
}

describe('engine/elementwise', () => {
  for (const [name, op] of Object.entries(ops)) {
    for (const [kind, shape, other] of [
      ['a number', [3, 5], []],
      ['a row', [300, 7], [7]],
      ['a row that blocks cut', [9, 700], [1, 700]],
      ['as many numbers', [513], [513]],
      // Enough to be shared out among threads, with a part left over.
      ['very many numbers', [333, 301], [333, 301]],
    ] as const) {
      it(`${name}, with ${kind}: to the last bit what TensorFlow gives`, () => {
        tf.tidy(() => {
          const y = uniform([...other], 2);
          const [ours, theirs] = bothWays((x) => op(x.mul(1.5), y).add(y), uniform([...shape], 1));
          assert.deepEqual(ours, theirs);
        });
      });
    }

    it(`${name}: infinite, missing, tiny and signed zeros as TensorFlow does`, () => {
      tf.tidy(() => {
        const x = special
          .reshape([11, 1])
          .mul(tf.ones([1, 11]))
          .flatten();
        const y = special.tile([11]);
        const [ours, theirs] = bothWays((given) => op(given.neg(), y).neg(), x);
        // 0 and -0 count as the same.
        ours.forEach((value, i) => assert.ok(Object.is(value, theirs[i]) || value === theirs[i]));
      });
    });
  }

  it('draws what the stream draws op by op, in a mask and beside it', () => {
    const drawn = [true, false].map((on) =>
      compiling(on, () => {
        const stream = new RandomStream(5);
        const noisy = makeFunction((x: tf.Tensor) => ({
          outputs: [x.mul(stream.binomial([300, 333], 0.8)), stream.uniform([300, 333]).mul(x)],
        }));
        const x = uniform([300, 333], 6);
        return [0, 1, 2].map(() => noisy(x).map((one) => [...one.dataSync()]));
      }),
    );
    assert.deepEqual(drawn[0], drawn[1]);
  });

  it('updates in place what is read and set, and leaves nothing behind', () => {
    const trained = [true, false].map((on) =>
      compiling(on, () => {
        const [w, v] = [sharedX(uniform([200, 301], 7), 'w'), sharedX(tf.zeros([200, 301]), 'v')];
        const step = makeFunction((g: tf.Tensor) => {
          const velocity = v.mul(0.9).sub(g.mul(w).mul(0.1));
          return {
            outputs: velocity.mul(2).sub(v),
            updates: new Map<SharedVariable, tf.Tensor>([
              [v, velocity],
              [w, w.add(velocity)],
            ]),
          };
        });
        const g = uniform([200, 301], 8);
        for (let i = 0; i < 3; i++) step(g).dispose();
        leaves(0, () => step(g).dispose());
        return [w, v, step(g)].map((one) => [...one.dataSync()]);
      }),
    );
    assert.deepEqual(trained[0], trained[1]);
  });

  it('joins what feeds each other, and gives out what others want of it', () => {
    const [a, b, c] = ['a', 'b', 'c'].map((name) => place(`${name}:0`));
    const graph = {
      inputs: [place('x')],
      nodes: [node('a', 'Neg', [place('x')]), node('b', 'Square', [a]), node('c', 'Tanh', [a])],
      results: [b, c],
    };
    assert.deepEqual(joined(graph), [
      ['Tslearn2Elementwise', 'x'],
      ['Tanh', 'joined_0:0'],
    ]);
  });

  it('joins nothing across an op that waits for one part and that the other waits for', () => {
    const [a, b, c] = ['a', 'b', 'c'].map((name) => place(`${name}:0`));
    const graph = {
      inputs: [place('x')],
      nodes: [node('a', 'Neg', [place('x')]), node('b', 'Tanh', [a]), node('c', 'Mul', [a, b])],
      results: [c],
    };
    assert.deepEqual(joined(graph), [
      ['Neg', 'x'],
      ['Tanh', 'a:0'],
      ['Mul', 'a:0 b:0'],
    ]);
  });

  it('takes what is computed early to those who want it late', () => {
    const [a, b, c] = ['a', 'b', 'c'].map((name) => place(`${name}:0`));
    const graph = {
      inputs: [place('x')],
      nodes: [
        node('a', 'Neg', [place('x')]),
        node('b', 'Tanh', [place('x')]),
        node('c', 'Mul', [a, b]),
      ],
      results: [c],
    };
    assert.deepEqual(joined(graph), [
      ['Tanh', 'x'],
      ['Tslearn2Elementwise', 'x b:0'],
    ]);
  });

  it('keeps truth values that are given out, and shapes that spread otherwise, as they were', () => {
    const truth = place('less:0', [4], 10);
    const cast = { name: 'DstT', type: 0, value: 1 };
    const masked = (results: Place[]) => ({
      inputs: [place('x')],
      nodes: [
        node('less', 'Less', [place('x'), place('x')]),
        { ...node('mask', 'Cast', [truth]), attributes: [cast] },
      ],
      results,
    });
    assert.deepEqual(joined(masked([place('mask:0')])), [['Tslearn2Elementwise', 'x']]);
    assert.equal(joined(masked([place('mask:0'), truth])).length, 2);
    const column = place('y', [2, 1]);
    const matrix = place('x', [2, 2]);
    const spread = {
      inputs: [matrix, column],
      nodes: [node('a', 'Mul', [matrix, column]), node('b', 'Neg', [place('a:0', [2, 2])])],
      results: [place('b:0', [2, 2])],
    };
    assert.equal(joined(spread).length, 2);
  });
});
