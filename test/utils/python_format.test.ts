import assert from 'node:assert/strict';
import { exponentStr, float32Str, floatStr } from '../../src/utils/python_format';

describe('utils/python_format', () => {
  it('writes floats as Python does', () => {
    // [str(x) for x in (0.0, -0.0, 1.0, 0.1, 0.1 + 0.2, 1e15, 1e16, 123456789.5, 1e-4, 1e-5, -2.5e-7)]
    const values = [0, -0, 1, 0.1, 0.1 + 0.2, 1e15, 1e16, 123456789.5, 1e-4, 1e-5, -2.5e-7];
    assert.deepEqual(values.map(floatStr), [
      '0.0',
      '-0.0',
      '1.0',
      '0.1',
      '0.30000000000000004',
      '1000000000000000.0',
      '1e+16',
      '123456789.5',
      '0.0001',
      '1e-05',
      '-2.5e-07',
    ]);
    assert.deepEqual([NaN, Infinity, -Infinity].map(floatStr), ['nan', 'inf', '-inf']);
  });

  it('writes no more digits than a float32 has', () => {
    // [str(numpy.float32(x)) for x in (0.01, 1 / 3, 5, 0.31270481, 1e-5)]
    const values = [Math.fround(0.01), 1 / 3, 5, 0.31270481, 1e-5];
    assert.deepEqual(values.map(float32Str), ['0.01', '0.33333334', '5.0', '0.3127048', '1e-05']);
    assert.equal(float32Str(NaN), 'nan');
  });

  it('writes exponents of at least two digits', () => {
    // ['%.3e' % x for x in (12345.678, -1e10, 1e100, float('inf'), 0.0)]
    const values = [12345.678, -1e10, 1e100, Infinity, 0];
    assert.deepEqual(
      values.map((value) => exponentStr(value, 3)),
      ['1.235e+04', '-1.000e+10', '1.000e+100', 'inf', '0.000e+00'],
    );
  });
});
