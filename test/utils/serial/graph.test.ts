import assert from 'node:assert/strict';
import { NdArray } from '../../../src/utils/nd_array';
import { RandomState } from '../../../src/utils/rng';
import {
  cloneViaSerialize,
  fromString,
  toString,
  useDirectory,
  type ClassDirectory,
} from '../../../src/utils/serial';
import { events, makeDirectory, Net, rectify, Stranger, Unit, Watcher } from './classes';

describe('utils/serial: what goes through a file', () => {
  let previous: ClassDirectory | undefined;
  before(() => {
    previous = useDirectory(makeDirectory({ RandomState }));
  });
  after(() => useDirectory(previous));

  it('keeps every kind of plain value', () => {
    const value = {
      texts: ['', 'é\n"\u0000', '𝒳'],
      numbers: [0, -0, 1e-300, 0.1, NaN, Infinity, -Infinity, 2 ** 53],
      others: [true, false, null, undefined, 2n ** 70n],
      map: new Map<unknown, unknown>([
        ['a', 1],
        [2, new Map([[NaN, 'nan']])],
      ]),
      set: new Set([1, 'x']),
      date: new Date(86400000),
      empty: [{}, [], new Map(), new Set()],
      'odd key.[0]': 1,
    };
    assert.deepStrictEqual(cloneViaSerialize(value), value);
    assert.ok(Number.isNaN(cloneViaSerialize(new Date(NaN)).getTime()));
  });

  it('keeps a key `__proto__` a key', () => {
    const value = JSON.parse('{"__proto__": {"polluted": true}}') as Record<string, unknown>;
    const copy = cloneViaSerialize(value);
    assert.deepEqual(Object.keys(copy), ['__proto__']);
    assert.equal((copy as { polluted?: boolean }).polluted, undefined);
  });

  it('keeps arrays of every dtype, with their own memory', () => {
    const whole = Float32Array.from([1, 2, 3, 4]);
    const value = {
      part: whole.subarray(1, 3),
      kinds: [
        Float64Array.from([0.1, NaN]),
        BigInt64Array.from([-(2n ** 63n)]),
        BigUint64Array.from([2n ** 64n - 1n]),
        Int16Array.from([-3]),
        new Uint8Array(3),
        new Int32Array(0),
      ],
      matrix: new NdArray(whole, [2, 2]),
      scalar: new NdArray(Int8Array.from([-1]), []),
      flags: new NdArray(Uint8Array.from([1, 0]), [2, 1], 'bool'),
      none: new NdArray(new Float32Array(0), [0, 3]),
    };
    const copy = cloneViaSerialize(value);
    assert.deepStrictEqual(copy, value);
    assert.ok(copy.matrix instanceof NdArray);
    assert.equal(copy.part.buffer.byteLength, 8);
  });

  it('keeps what was one object one object, and rings among plain objects', () => {
    const shared = { weights: Float32Array.from([1]) };
    const list: unknown[] = [shared, shared, shared.weights];
    list.push(list);
    const [a, b, weights, itself] = cloneViaSerialize(list);
    assert.equal(a, b);
    assert.equal((a as typeof shared).weights, weights);
    assert.deepEqual((itself as unknown[])[3], itself);
    assert.notEqual(a, shared);
  });

  it('constructs objects anew, owners before owned, then restores their states', () => {
    const units = [new Unit({ name: 'h0' }), new Unit({ name: 'h1' })];
    const net = new Net({ layers: units, extra: { first: units[0] } });
    units[1].weights = Float32Array.from([3, 4]);
    net.watcher = new Watcher();
    net.watcher.model = net;
    net.watcher.records.push(0.5, NaN);
    events.length = 0;
    const copy = cloneViaSerialize(net);
    assert.ok(copy instanceof Net && copy.options.layers[1] instanceof Unit);
    assert.deepEqual([...copy.options.layers[1].weights], [3, 4]);
    assert.equal((copy.options.extra as { first: Unit }).first, copy.options.layers[0]);
    assert.equal(copy.watcher?.model, copy);
    assert.deepEqual(copy.watcher?.records, [0.5, NaN]);
    // The watcher is whole when it is handed to the net.
    assert.deepEqual(events, ['restore watcher', 'restore net', 'restore h0', 'restore h1']);
  });

  it('keeps functions and classes that have a name', () => {
    assert.deepEqual(cloneViaSerialize([rectify, Unit]), [rectify, Unit]);
  });

  it('keeps where a generator is', () => {
    const rng = new RandomState([2013, 1, 4]);
    rng.randn(3);
    const copy = cloneViaSerialize({ rng }).rng;
    assert.deepEqual(copy.randn(3), rng.randn(3));
  });

  it('goes through strings', () => {
    const text = toString({ x: Float32Array.from([0.5]) });
    assert.match(text, /^[A-Za-z0-9+/]+=*$/);
    assert.deepEqual(fromString(text), { x: Float32Array.from([0.5]) });
    assert.throws(() => fromString(text.slice(0, -8)), /utils\.serial\.fromString: cut short/);
    assert.throws(
      () => fromString('hello'),
      /DataError: utils\.serial\.fromString: not a safetensors/,
    );
  });

  describe('says what cannot be saved, and where it is', () => {
    const net = (extra: unknown) => new Net({ layers: [new Unit({ name: 'h0' })], extra });
    const cases: [string, () => unknown, RegExp][] = [
      [
        'a function without a name',
        () => net({ f: [(x: number) => x + 1] }),
        /cannot save `Net\.extra\.f\[0\]`: a function has no name by which loading could find it/,
      ],
      [
        'an object whose class cannot be saved',
        () => [new Stranger()],
        /`Array\[0\]`, a Stranger: its class has no getConfig\(\)/,
      ],
      [
        'an object whose class has no name',
        () => ({ a: new (class Hidden extends Unit {})({ name: 'h' }) }),
        /cannot save `object\.a`: function Hidden has no name/,
      ],
      ['a symbol', () => ({ 'a b': Symbol('s') }), /cannot save `object\["a b"\]`, Symbol\(s\)/],
      ['a promise', () => new Map([['p', Promise.resolve(1)]]), /cannot save `Map\.p`, a Promise/],
    ];
    for (const [what, make, message] of cases) {
      it(what, () => assert.throws(() => cloneViaSerialize(make()), message));
    }

    it('a way back through the options of a constructor', () => {
      const list: unknown[] = [];
      const unit = new Unit({ name: 'h', owner: { list } });
      list.push(unit);
      const message =
        /cannot save `Unit\.owner\.list\[0\]`: the options of a Unit lead back to a Unit\. Give it in getState\(\)/;
      assert.throws(() => cloneViaSerialize(unit), message);
      assert.throws(() => cloneViaSerialize(list), /the options of a Unit lead back/);
    });

    it('a class whose name has passed to another', () => {
      class Gate extends Unit {}
      const old = new Gate({ name: 'g' });
      const former = useDirectory({ nameOf: () => 'Gate', resolve: () => Unit });
      try {
        assert.throws(() => cloneViaSerialize(old), /function Gate has no name/);
      } finally {
        useDirectory(former);
      }
    });

    it('a state that could not be given back', () => {
      class Half {
        getConfig() {
          return {};
        }
        getState() {
          return {};
        }
      }
      const former = useDirectory(makeDirectory({ Half }));
      try {
        assert.throws(
          () => cloneViaSerialize([new Half()]),
          /`Array\[0\]`: `Half` has getState but no setState/,
        );
      } finally {
        useDirectory(former);
      }
    });

    it('anything of a class while nobody knows names', () => {
      const former = useDirectory(undefined);
      try {
        assert.deepEqual(cloneViaSerialize([1, { a: 2 }]), [1, { a: 2 }]);
        assert.throws(
          () => cloneViaSerialize(new Unit({ name: 'h' })),
          /nobody knows the names of classes/,
        );
      } finally {
        useDirectory(former);
      }
    });
  });

  it('says which class of a cell is missing, and what to do', () => {
    class Gated extends Unit {}
    const former = useDirectory(makeDirectory({ Gated }));
    const text = toString(new Gated({ name: 'g' }));
    useDirectory(makeDirectory());
    try {
      assert.throws(
        () => fromString(text),
        /it needs `Gated`, which is not defined here\. Run the cell that defines it, then load again/,
      );
      useDirectory(makeDirectory({ Gated: Stranger }));
      assert.throws(
        () => fromString(text),
        /an object of `Gated`, which is no class that can be loaded/,
      );
      useDirectory(makeDirectory({ Gated: rectify }));
      assert.throws(() => fromString(text), /no class that can be loaded/);
    } finally {
      useDirectory(former);
    }
  });
});
