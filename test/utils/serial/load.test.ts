import assert from 'node:assert/strict';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { gunzipSync, gzipSync } from 'node:zlib';
import { DataError } from '../../../src/utils/errors';
import { NdArray } from '../../../src/utils/nd_array';
import { load } from '../../../src/utils/serial';
import { temporaryFolder } from '../../support/temporary';
import { files } from './files';

const float64 = (...numbers: number[]) => Float64Array.from(numbers);

describe('utils/serial: load', () => {
  const at = temporaryFolder();
  const bytesOf = (name: keyof typeof files) => Buffer.from(files[name], 'base64');
  /** Writes a file and loads it. */
  const loadBytes = (name: string, bytes: Uint8Array | string) => {
    writeFileSync(at(name), bytes);
    return load(at(name));
  };
  const loadFile = (name: keyof typeof files, as = 'data.bin') => loadBytes(as, bytesOf(name));

  describe('.npy', () => {
    const cases: [keyof typeof files, NdArray | unknown[]][] = [
      ['float32', new NdArray(Float32Array.from([0, 0.5, 1, 1.5, 2, 2.5]), [2, 3])],
      ['bigEndian', new NdArray(Int32Array.from([1, -2, 3]))],
      ['fortran', new NdArray(Uint8Array.from([0, 1, 2, 3, 4, 5]), [2, 3])],
      ['half', new NdArray(Float32Array.from([1.5, -2, 65504, 2 ** -24, Infinity, NaN]))],
      ['bool', new NdArray(Uint8Array.from([1, 0]), [2], 'bool')],
      ['int64', new NdArray(BigInt64Array.from([2n ** 62n, -1n]), [2, 1])],
      ['scalar', new NdArray(float64(3.25), [])],
      [
        'text',
        [
          ['a', 'bcd'],
          ['', 'é'],
        ],
      ],
    ];
    for (const [name, expected] of cases) {
      it(`of ${name}, whatever the suffix`, () => assert.deepEqual(loadFile(name), expected));
    }

    it('refuses records and objects by what they are', () => {
      assert.throws(() => loadFile('records'), /arrays of records cannot be loaded/);
      const objects = Buffer.from(
        bytesOf('bigEndian').toString('latin1').replace("'>i4'", "'|O8'"),
        'latin1',
      );
      assert.throws(() => loadBytes('o.npy', objects), /NumPy's dtype "\|O8" cannot be loaded/);
    });
  });

  it('.npz, stored and packed, as an object of arrays', () => {
    const expected = {
      x: new NdArray(float64(1, 0, 0, 1), [2, 2]),
      y: new NdArray(BigInt64Array.from([7n])),
    };
    assert.deepEqual(loadFile('npz'), expected);
    assert.deepEqual(loadFile('npzPacked'), expected);
  });

  it('.mat of version 5, plain and packed: numbers, texts, cells, structs', () => {
    const expected = {
      X: new NdArray(float64(0, 1, 2, 3, 4, 5), [2, 3]),
      small: new NdArray(BigInt64Array.from([1n, 2n]), [1, 2]),
      flag: new NdArray(Uint8Array.from([1, 0]), [1, 2], 'bool'),
      name: 'abc',
      names: ['ab', 'cd'],
      cells: [new NdArray(float64(1), [1, 1]), 'z'],
      s: { a: new NdArray(Uint8Array.from([5, 6]), [1, 2]), b: 'q' },
    };
    assert.deepEqual(loadFile('mat'), expected);
    assert.deepEqual(loadFile('matPacked'), expected);
    assert.throws(() => loadFile('matSparse'), /its variable `S` is a sparse matrix/);
    assert.throws(() => loadFile('matComplex'), /its variable `C` is complex/);
  });

  it('HDF5: groups, numbers, texts, booleans', () => {
    assert.deepEqual(loadBytes('x.h5', gunzipSync(bytesOf('hdf5Gz'))), {
      X: new NdArray(Float32Array.from([0, 1, 2, 3, 4, 5]), [2, 3]),
      flag: new NdArray(Uint8Array.from([1, 0]), [2], 'bool'),
      g: { y: new NdArray(BigInt64Array.from([1n, 2n])) },
      name: 'hello',
      names: ['a', 'bc'],
      one: 3.5,
    });
  });

  it('HDF5 that is cut short gives one error and no output', () => {
    const cut = gunzipSync(bytesOf('hdf5Gz')).subarray(0, 3000);
    assert.throws(
      () => loadBytes('x.h5', cut),
      /cannot load `.*x\.h5`: damaged: truncated file: eof = 3000/,
    );
  });

  it('idx, plain and gzipped', () => {
    const expected = new NdArray(Uint8Array.from([1, 2, 3, 4, 5, 6]), [2, 3]);
    assert.deepEqual(loadFile('idx'), expected);
    assert.deepEqual(loadBytes('x.gz', gzipSync(bytesOf('idx'))), expected);
    assert.deepEqual(loadFile('idxShort'), new NdArray(Int16Array.from([-2, 256])));
  });

  it('safetensors from elsewhere, as an object of arrays', () => {
    const header = '{"w":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}';
    const bytes = [
      ...Buffer.from(`${String.fromCharCode(header.length)}${'\0'.repeat(7)}${header}`, 'latin1'),
    ];
    assert.deepEqual(loadBytes('w.safetensors', Uint8Array.from([...bytes, 0, 0, 0, 0x3f])), {
      w: new NdArray(Float32Array.from([0.5])),
    });
  });

  it('numbers in text: separators, comments, one row, one column, a header', () => {
    const matrix = new NdArray(float64(1, -2.5, 3e2, NaN, Infinity, -Infinity), [2, 3]);
    assert.deepEqual(loadBytes('a.csv', 'a,b,c\r\n1,-2.5,3e2\r\nnan,inf,-inf\r\n'), matrix);
    assert.deepEqual(
      loadBytes('a.amat', ' 1 -2.5\t3e2 # first\n\n# none\nNaN Infinity -inf'),
      matrix,
    );
    assert.deepEqual(loadBytes('a.txt', '1\n2\n'), new NdArray(float64(1, 2)));
    assert.deepEqual(loadBytes('a.csv', '1;2'), new NdArray(float64(1, 2)));
    assert.throws(() => loadBytes('a.csv', '1,2\n3'), /line 2 has 1 numbers, those before have 2/);
    assert.throws(() => loadBytes('a.csv', '1,2\n3,x'), /line 2: expected a number, received "x"/);
    assert.throws(() => loadBytes('a.csv', '1,\n'), /line 1: expected a number, received ""/);
    assert.throws(() => loadBytes('a.txt', 'a b\n1 2'), /line 1: expected a number, received "a"/);
    assert.throws(() => loadBytes('a.csv', 'a,b\n'), /it holds no numbers/);
  });

  it('.json', () => {
    assert.deepEqual(loadBytes('a.json', '{"a": [1, null]}'), { a: [1, null] });
    assert.throws(
      () => loadBytes('a.json', '{"a": [1'),
      /cannot load `.*a\.json`: it seems damaged/,
    );
  });

  describe('pickles of plain data', () => {
    // dict(i=1, neg=-5, big=2**70, long=2**40, f=0.5, t=(1, 'two', None, True), b=b'\x00\xff',
    //   u='é\n', s={1}, a=arange(6, dtype='f4').reshape(2, 3), fo=asfortranarray(arange(4).reshape(2, 2)),
    //   sc=float64(2.5), od=OrderedDict([('k', [1, [2]])]), m={1: 'one'}, e=[], be=array([1, 2], '>u2'),
    //   o=array(['x', None], dtype=object))
    const expected = {
      i: 1,
      neg: -5,
      big: 2n ** 70n,
      long: 2 ** 40,
      f: 0.5,
      t: [1, 'two', null, true],
      b: Uint8Array.from([0, 255]),
      u: 'é\n',
      s: new Set([1]),
      a: new NdArray(Float32Array.from([0, 1, 2, 3, 4, 5]), [2, 3]),
      fo: new NdArray(BigInt64Array.from([0n, 1n, 2n, 3n]), [2, 2]),
      sc: 2.5,
      od: { k: [1, [2]] },
      m: new Map([[1, 'one']]),
      e: [],
      be: new NdArray(Uint16Array.from([1, 2])),
      o: ['x', null],
    };
    const all = ['pickle0', 'pickle1', 'pickle2', 'pickle3', 'pickle4', 'pickle5'] as const;
    for (const name of all) {
      it(`of protocol ${name.slice(-1)}`, () => {
        assert.deepStrictEqual(loadFile(name, 'a.pkl'), expected);
      });
    }

    it('of protocol 2 and later under any name, gzipped too', () => {
      assert.deepStrictEqual(loadBytes('mnist.pkl.gz', gzipSync(bytesOf('pickle2'))), expected);
      assert.deepStrictEqual(loadFile('pickle4', 'batch_1'), expected);
    });

    it('written by Python 2, where the bytes of arrays are texts', () => {
      assert.deepEqual(loadFile('picklePy2'), { data: new NdArray(Uint8Array.from([7, 255])) });
    });

    it('keep what was one object one object, and rings', () => {
      // l = [1]; d = {'l': l, 'm': l}; l.append(l)
      const { l, m } = loadFile('pickleCycle') as Record<string, unknown[]>;
      assert.equal(l, m);
      assert.equal(l[1], l);
    });

    it('that hold or call anything else are refused by name and call nothing', () => {
      // a class with __reduce__ = (os.system, (...)); a new-style object of Python 2
      assert.throws(
        () => loadFile('pickleEvil'),
        /needs Python's `posix\.system`; only plain data is loaded/,
      );
      assert.throws(
        () => loadFile('pickleClass', 'a.pkl'),
        /needs Python's `pylearn2\.models\.mlp\.MLP`/,
      );
      const call = (code: string) => loadBytes('a.pkl', code);
      assert.throws(() => call('cbuiltins\neval\n.'), /needs Python's `builtins\.eval`/);
      assert.throws(() => call('cbuiltins\n__proto__\n.'), /needs Python's `builtins\.__proto__`/);
      assert.throws(() => call('c__proto__\nconstructor\n.'), /needs Python's/);
      assert.throws(
        () => call('cnumpy\ndtype\n.'),
        /holds a class or dtype where data is expected/,
      );
      assert.throws(() => call('Pabc\n.'), /a reference to something outside/);
    });

    it('that are no pickles say so', () => {
      const call = (code: string) => () => loadBytes('a.pkl', code);
      assert.throws(call('hello'), DataError);
      assert.throws(call('I1\nI2\n'), /cut short/);
      assert.throws(call('.'), /takes what is not there/);
      assert.throws(call('g5\n.'), /refers to nothing/);
      assert.throws(call('Ione\n.'), /"one" is no integer/);
      assert.throws(call('\x7f'), /no pickle: it has the byte/);
    });
  });

  it('names the nearest file where there is none', () => {
    mkdirSync(at('models/deep'), { recursive: true });
    writeFileSync(at('models/softmax.pkl'), '');
    assert.throws(
      () => load(at('models/sofmax.pkl')),
      /^DataError: utils\.serial\.load: `.*models` has no `sofmax\.pkl`\. Did you mean `softmax\.pkl`\?$/,
    );
    assert.throws(
      () => load(at('modles/softmax.pkl')),
      /has no `modles`\. Did you mean `models`\?/,
    );
    assert.throws(() => load(at('models')), /`.*models` is a folder, not a file/);
    assert.throws(() => load(at('models/softmax.pkl/x')), /softmax\.pkl` is not a folder/);
    symlinkSync(at('nowhere'), at('models/link.pkl'));
    assert.throws(() => load(at('models/link.pkl')), /is a link to a file that does not exist/);
  });

  it('puts variables of the environment into the path', () => {
    process.env.TSLEARN2_TEST_FOLDER = at('.');
    try {
      loadBytes('v.json', '[1]');
      assert.deepEqual(load('${TSLEARN2_TEST_FOLDER}/v.json'), [1]);
      assert.throws(
        () => load('${TSLEARN2_TEST_FOLDR}/v.json'),
        /utils\.serial\.load: the environment variable `TSLEARN2_TEST_FOLDR` is not set\. Did you mean `TSLEARN2_TEST_FOLDER`/,
      );
    } finally {
      delete process.env.TSLEARN2_TEST_FOLDER;
    }
  });

  it('says what it knows when it knows nothing of a file', () => {
    assert.throws(
      () => loadBytes('a.dat', 'whatever this is'),
      /begins as no known format does\. Known are/,
    );
    assert.throws(() => loadBytes('a.pkl', ''), /it is empty/);
  });

  /** Formats of which every bit is covered by a checksum, or by being needed. */
  const checked = new Set<string>(['npz', 'npzPacked']);
  for (const name of Object.keys(files) as (keyof typeof files)[]) {
    if (name === 'hdf5Gz') continue; // its damage is h5wasm's to find; see above
    it(`damaged ${name} gives a DataError or data, and nothing else`, () => {
      const whole = bytesOf(name);
      const expected = checked.has(name) ? loadFile(name, 'a.pkl') : undefined;
      for (let length = 1; length < whole.length; length += 1 + (whole.length >> 8)) {
        let data: unknown;
        try {
          data = loadBytes('a.pkl', whole.subarray(0, length));
        } catch (error) {
          assert.ok(error instanceof DataError, `cut at ${length}: ${String(error)}`);
          continue;
        }
        // A .mat file cut between two variables is a whole one of fewer.
        const isShorter = name.startsWith('mat') && Object.keys(data as object).length < 7;
        assert.ok(isShorter, `cut at ${length}`);
      }
      for (let place = 0; place < whole.length; place += 1 + (whole.length >> 8)) {
        const damaged = Buffer.from(whole);
        damaged[place] ^= 1 << (place % 8);
        try {
          const data = loadBytes('a.pkl', damaged);
          if (expected !== undefined) assert.deepEqual(data, expected, `bit of byte ${place}`);
        } catch (error) {
          assert.ok(error instanceof DataError, `byte ${place}: ${String(error)}`);
        }
      }
    });
  }
});
