import assert from 'node:assert/strict';
import { NdArray, type DType } from '../../../src/utils/nd_array';
import { readSafetensors, writeSafetensors } from '../../../src/utils/serial/safetensors';

/** A file with a header of one's own. */
function makeFile(header: unknown, data: Uint8Array = new Uint8Array(0)): Buffer {
  const text = Buffer.from(typeof header === 'string' ? header : JSON.stringify(header));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(text.length));
  return Buffer.concat([length, text, data]);
}

const entry = (dtype: string, shape: number[], ...offsets: number[]) => ({
  dtype,
  shape,
  data_offsets: offsets,
});

describe('utils/serial/safetensors', () => {
  it('writes what the format says: length, header padded to 8, wide numbers first', () => {
    const tensors = new Map([
      ['bytes', new NdArray(Uint8Array.from([7]), [])],
      ['wide', new NdArray(Float64Array.from([1, 2]), [1, 2])],
    ]);
    const file = Buffer.concat(writeSafetensors({ tensors, metadata: { format: 'x' } }));
    const length = Number(file.readBigUInt64LE());
    assert.equal(length % 8, 0);
    assert.deepEqual(JSON.parse(file.subarray(8, 8 + length).toString()), {
      __metadata__: { format: 'x' },
      wide: { dtype: 'F64', shape: [1, 2], data_offsets: [0, 16] },
      bytes: { dtype: 'U8', shape: [], data_offsets: [16, 17] },
    });
    assert.equal(file.length, 8 + length + 17);
    assert.equal(file.readDoubleLE(8 + length + 8), 2);
    assert.deepEqual(readSafetensors(file).tensors, tensors);
  });

  it('reads F16 and BF16 as float32', () => {
    // 1.5, -2, 65504, 2^-24, infinity in binary16; 1.5, -2 in bfloat16
    const words = Uint16Array.from([0x3e00, 0xc000, 0x7bff, 1, 0x7c00, 0x3fc0, 0xc000]);
    const header = { half: entry('F16', [5], 0, 10), brain: entry('BF16', [2], 10, 14) };
    const { tensors } = readSafetensors(makeFile(header, new Uint8Array(words.buffer)));
    const expected: [string, number[]][] = [
      ['half', [1.5, -2, 65504, 2 ** -24, Infinity]],
      ['brain', [1.5, -2]],
    ];
    for (const [name, numbers] of expected) {
      assert.deepEqual(tensors.get(name), new NdArray(Float32Array.from(numbers)));
    }
  });

  it('reads every other dtype as it is', () => {
    const codes: [string, DType, number][] = [
      ['F64', 'float64', 8],
      ['F32', 'float32', 4],
      ['I64', 'int64', 8],
      ['I32', 'int32', 4],
      ['I16', 'int16', 2],
      ['I8', 'int8', 1],
      ['U64', 'uint64', 8],
      ['U32', 'uint32', 4],
      ['U16', 'uint16', 2],
      ['U8', 'uint8', 1],
      ['BOOL', 'bool', 1],
    ];
    for (const [code, dtype, width] of codes) {
      const file = makeFile({ a: entry(code, [2], 0, 2 * width) }, new Uint8Array(2 * width));
      assert.equal(readSafetensors(file).tensors.get('a')?.dtype, dtype);
    }
  });

  it('reads tensors wherever they stand', () => {
    // 5 bytes of header too many for an aligned float: its bytes are copied out
    const data = new Uint8Array([9, ...new Uint8Array(Float32Array.from([0.25]).buffer)]);
    const file = makeFile({ b: entry('F32', [1], 1, 5), a: entry('U8', [1], 0, 1) }, data);
    assert.deepEqual(
      readSafetensors(file).tensors.get('b'),
      new NdArray(Float32Array.from([0.25])),
    );
  });

  const damaged: [string, Buffer, RegExp][] = [
    ['no file of this format', Buffer.from('0123456789abcdef'), /not a safetensors file/],
    [
      'a header cut short',
      makeFile({ a: 1 }).subarray(0, 12),
      /cut short: its header alone has 15 bytes/,
    ],
    ['a header that is no JSON', makeFile('{"a":'), /its header is damaged/],
    ['a header that is no UTF-8', makeFile(`{"${'\xff'}`).fill(0xff, 10), /its header is damaged/],
    [
      'metadata that is not text',
      makeFile({ __metadata__: { a: 1 } }),
      /__metadata__ is not a map of strings/,
    ],
    ['an entry that is none', makeFile({ a: [] }), /entry of tensor `a` is damaged/],
    ['a negative size', makeFile({ a: entry('U8', [-1], 0, 0) }), /entry of tensor `a` is damaged/],
    [
      'offsets that are none',
      makeFile({ a: entry('U8', [0], 0) }),
      /entry of tensor `a` is damaged/,
    ],
    [
      'an unknown dtype',
      makeFile({ a: entry('F8', [1], 0, 1) }, new Uint8Array(1)),
      /unknown dtype "F8"/,
    ],
    [
      'a shape that does not fit',
      makeFile({ a: entry('F32', [2], 0, 4) }, new Uint8Array(4)),
      /`a` should take 8 bytes, it takes 4/,
    ],
    [
      'tensors that overlap',
      makeFile({ a: entry('U8', [2], 0, 2), b: entry('U8', [2], 1, 3) }, new Uint8Array(3)),
      /tensor `b` overlaps another/,
    ],
    [
      'a hole',
      makeFile({ a: entry('U8', [1], 1, 2) }, new Uint8Array(2)),
      /hole before tensor `a`/,
    ],
    [
      'data cut short',
      makeFile({ a: entry('U8', [4], 0, 4) }, new Uint8Array(1)),
      /3 bytes of data are missing/,
    ],
    [
      'data that is too long',
      makeFile({ a: entry('U8', [1], 0, 1) }, new Uint8Array(3)),
      /2 bytes follow its last tensor/,
    ],
  ];
  for (const [what, file, message] of damaged) {
    it(`refuses ${what}`, () => {
      assert.throws(() => readSafetensors(file), message);
    });
  }
});
