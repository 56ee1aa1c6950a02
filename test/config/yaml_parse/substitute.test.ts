import assert from 'node:assert/strict';
import { substitute, YamlError } from '../../../src/config/yaml_parse';

/** Template, value of x, and what Python 3 makes of `template % {'x': value}`. */
const FROM_PYTHON: [string, unknown, string][] = [
  ['%(x)d', 3.99, '3'],
  ['%(x)d', -3.99, '-3'],
  ['%(x)5d|', 42, '   42|'],
  ['%(x)-5d|', 42, '42   |'],
  ['%(x)05d', -42, '-0042'],
  ['%(x)+d', 42, '+42'],
  ['%(x) d', 42, ' 42'],
  ['%(x).4d', 42, '0042'],
  ['%(x)i', 1e15, '1000000000000000'],
  ['%(x)d', true, '1'],
  ['%(x)x', 255, 'ff'],
  ['%(x)#X', 255, '0XFF'],
  ['%(x)o', 8, '10'],
  ['%(x)f', 0.1, '0.100000'],
  ['%(x)f', 1e-7, '0.000000'],
  ['%(x).2f', 2.345, '2.35'],
  ['%(x).0f', 2.5, '2'],
  ['%(x).0f', 3.5, '4'],
  ['%(x).1f', 0.25, '0.2'],
  ['%(x)8.3f|', 3.14159, '   3.142|'],
  ['%(x)-8.3f|', 3.14159, '3.142   |'],
  ['%(x)08.2f', -1.5, '-0001.50'],
  ['%(x)+.1f', 0, '+0.0'],
  ['%(x)f', 1e22, '10000000000000000000000.000000'],
  ['%(x)f', Infinity, 'inf'],
  ['%(x)f', NaN, 'nan'],
  ['%(x)08f', Infinity, '00000inf'],
  ['%(x)#.0f', 3, '3.'],
  ['%(x)e', 0.00012345, '1.234500e-04'],
  ['%(x)e', 0, '0.000000e+00'],
  ['%(x).2e', 12345.678, '1.23e+04'],
  ['%(x)E', 1e100, '1.000000E+100'],
  ['%(x)g', 0.0001, '0.0001'],
  ['%(x)g', 0.00001, '1e-05'],
  ['%(x)g', 100000, '100000'],
  ['%(x)g', 1234567, '1.23457e+06'],
  ['%(x).3g', 0.00012345, '0.000123'],
  ['%(x)#g', 1, '1.00000'],
  ['%(x)G', 1e-10, '1E-10'],
  ['%(x)g', 0.5, '0.5'],
  ['%(x)g', 0, '0'],
  ['%(x)s', 0.1, '0.1'],
  ['%(x)s', 1e-5, '1e-05'],
  ['%(x)s', 1e-4, '0.0001'],
  ['%(x)s', 123456.789, '123456.789'],
  ['%(x)s', 1.5e300, '1.5e+300'],
  ['%(x)s', 'a b', 'a b'],
  ['%(x)6s|', 'ab', '    ab|'],
  ['%(x)-6s|', 'ab', 'ab    |'],
  ['%(x).2s', 'abcdef', 'ab'],
  ['%(x)s', true, 'True'],
  ['%(x)s', [1, 'a', 0.5], "[1, 'a', 0.5]"],
  ['%(x)s', { h0: 0.8 }, "{'h0': 0.8}"],
  ['%(x)r', 'ab', "'ab'"],
  ['%(x)r', "it's", '"it\'s"'],
  ['%(x)r', 'say "it\'s"', "'say \"it\\'s\"'"],
  ['%(x)r', 'a\nb', "'a\\nb'"],
  ['%(x)c', 'A', 'A'],
  ['%(x)c', 65, 'A'],
];

describe('config/yaml_parse: substitute', () => {
  it('formats as Python does', () => {
    for (const [template, x, expected] of FROM_PYTHON) {
      assert.equal(substitute(template, { x }), expected, `${template} of ${String(x)}`);
    }
  });

  it('fills in a template of many values, and pastes text with templates’ signs as it is', () => {
    const text = 'dataset: &train %(dataset)s,\nlr: %(lr)f, # 100%% of %(n)i\n';
    const values = { dataset: '!obj:a.B {\n  x: "%(no)s"\n}', lr: 0.05, n: 3, unused: null };
    assert.equal(
      substitute(text, values),
      'dataset: &train !obj:a.B {\n  x: "%(no)s"\n},\nlr: 0.050000, # 100% of 3\n',
    );
  });

  it('writes null so that YAML reads it back', () => {
    assert.equal(substitute('%(x)s', { x: null }), 'null');
  });

  const BAD: [string, Record<string, unknown>, number, number, string][] = [
    ['a: 1\nb: %(batch_siz)i', { batch_size: 5 }, 2, 4, 'Did you mean `batch_size`?'],
    ['a: %(x)i', { x: 'five' }, 1, 4, '`%(x)i` takes a number, received "five"'],
    ['a: %(x)i', { x: NaN }, 1, 4, '`%(x)i` takes an integer, received NaN'],
    ['a: %(x)f', { x: null }, 1, 4, '`%(x)f` takes a number, received null'],
    ['a: %(x)y', { x: 1 }, 1, 4, 'must end in one of'],
    ['a: %(x)', { x: 1 }, 1, 4, 'must end in one of'],
    ['# 50% of it', {}, 1, 5, 'written `%%`'],
    ['a: %i', { i: 1 }, 1, 4, 'written `%%`'],
    ['a: %(toString)s', {}, 1, 4, 'there is no value for `%(toString)`'],
    ['a: %', {}, 1, 4, 'written `%%`'],
  ];

  it('says at its place what cannot be filled in', () => {
    for (const [template, values, line, column, part] of BAD) {
      assert.throws(
        () => substitute(template, values, 't.yaml'),
        (error: unknown) => {
          assert.ok(error instanceof YamlError);
          assert.ok(error.message.includes(part), error.message);
          assert.deepEqual([error.fileName, error.line, error.column], ['t.yaml', line, column]);
          return true;
        },
        template,
      );
    }
  });
});
