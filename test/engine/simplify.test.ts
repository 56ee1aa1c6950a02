import assert from 'node:assert/strict';
import { function as makeFunction, tf } from '../../src/engine';
import { simplified } from '../../src/engine/simplify';
import type { OpAttribute } from '../../src/engine/native';
import type { TracedNode } from '../../src/engine/trace';
import { compiling } from '../support/compiled';
import { expectClose, leaves } from '../support/expect';

const FLOAT = 1;
const INT = 3;

function node(name: string, op: string, inputs: string[], attributes: OpAttribute[] = []) {
  return { name, op, attributes, inputs: inputs.map(place) };
}

function place(name: string) {
  return { name, dtype: FLOAT };
}

function constant(name: string, ...numbers: number[]): TracedNode {
  const values = Float32Array.from(numbers);
  return { ...node(name, 'Const', []), constant: { shape: [values.length], dtype: FLOAT, values } };
}

const to = (value: number): OpAttribute[] => [{ name: 'DstT', type: 0, value }];
const named = (nodes: readonly TracedNode[]) => nodes.map(({ name }) => name);

describe('engine/simplify', () => {
  it('leaves out what leads to no result', () => {
    const nodes = [node('a', 'Exp', ['x']), node('b', 'Log', ['a:0']), node('c', 'Neg', ['a:0'])];
    assert.deepEqual(named(simplified(nodes, [place('c:0')]).nodes), ['a', 'c']);
  });

  it('computes once what is computed twice, and what follows from it', () => {
    const nodes = [
      node('a', 'Exp', ['x']),
      node('b', 'Exp', ['x']),
      node('c', 'Log', ['a:0']),
      node('d', 'Log', ['b:0']),
      node('e', 'Add', ['c:0', 'd:0']),
    ];
    const { nodes: left, results } = simplified(nodes, [place('e:0'), place('d:0')]);
    assert.deepEqual(named(left), ['a', 'c', 'e']);
    assert.deepEqual(left[2].inputs, [place('c:0'), place('c:0')]);
    assert.deepEqual(results, [place('e:0'), place('c:0')]);
  });

  it('keeps apart what differs in an attribute, an input or the values of a constant', () => {
    const nodes = [
      constant('one', 1),
      constant('other', 1),
      constant('two', 2),
      node('a', 'Cast', ['x'], to(INT)),
      node('b', 'Cast', ['x'], to(10)),
      node('c', 'Add', ['x', 'one:0']),
      node('d', 'Add', ['x', 'two:0']),
      node('e', 'Add', ['x', 'other:0']),
    ];
    const results = ['a:0', 'b:0', 'c:0', 'd:0', 'e:0'].map(place);
    assert.deepEqual(named(simplified(nodes, results).nodes), ['one', 'two', 'a', 'b', 'c', 'd']);
  });

  it('leaves out casts to the type that numbers have, but for results', () => {
    const nodes = [
      node('a', 'Cast', ['x'], to(FLOAT)),
      node('b', 'Neg', ['a:0']),
      node('c', 'Cast', ['x'], to(FLOAT)),
    ];
    const { nodes: left, results } = simplified(nodes, [place('b:0'), place('c:0')]);
    assert.deepEqual(left, [node('b', 'Neg', ['x']), nodes[2]]);
    assert.deepEqual(results, [place('b:0'), place('c:0')]);
  });

  it('gives out twice what is a result twice, in a compiled function', () =>
    compiling(true, () => {
      const twice = makeFunction((x: tf.Tensor) => ({ outputs: [x.exp(), x.exp()] }));
      const x = tf.tensor1d([0, 1]);
      for (let call = 0; call < 3; call++) {
        const outputs = leaves(2, () => twice(x));
        for (const one of outputs) expectClose(one, [1, Math.E]);
        tf.dispose(outputs);
      }
      x.dispose();
    }));
});
