import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runInNewContext } from 'node:vm';
import { instantiate } from '../../../src/config/instantiate';
import { setScope } from '../../../src/config/resolve';
import { load, loadPath, Proxy, YamlError, yamlSrcOf } from '../../../src/config/yaml_parse';
import { Anything, Linear, MLP, tree, useLab } from '../lab';

const EXPERIMENT = `# The shape of a Pylearn2 experiment.
!obj:lab.models.mlp.MLP {
    "nvis" : 784,
    layers: [
                !obj:lab.models.mlp.Linear &h0 {
                    layer_name: 'h0', dim: 500,
                    irange: .05,   # a comment
                    W_lr_scale: 1e-3,
                },
             &y !obj:lab.models.mlp.Linear {
        layer_name: 'y',
        dim: 10
             },
    ],
    input_include_probs: { 'h0' : .8, y_out: 1. },
}
`;

describe('config/yaml_parse: values', () => {
  useLab();

  it('reads scalars as YAML 1.1 with scientific notation', () => {
    const cases: [string, unknown][] = [
      ['1', 1],
      ['-3', -3],
      ['+7', 7],
      ['1_000', 1000],
      ['010', 8],
      ['0x1F', 31],
      ['0b101', 5],
      ['1:30', 90],
      ['.5', 0.5],
      ['1.', 1],
      ['-1.5', -1.5],
      ['1e-3', 0.001],
      ['1E5', 100000],
      ['1.E4', 10000],
      ['.2e4', 2000],
      ['-2.5e+3', -2500],
      ['1.23e-1', 0.123],
      ['.inf', Infinity],
      ['-.inf', -Infinity],
      ['.nan', NaN],
      ['e5', 'e5'],
      ['E-3', 'E-3'],
      ['.e4', '.e4'],
      ['1e', '1e'],
      ['0o10', '0o10'],
      ['true', true],
      ['True', true],
      ['FALSE', false],
      ['on', true],
      ['No', false],
      ['y', 'y'],
      ['n', 'n'],
      ['-.5', -0.5],
      ['0:30', '0:30'],
      ['._1', '._1'],
      ['null', null],
      ['~', null],
      ['2013-01-04', '2013-01-04'],
      ["'1e-3'", '1e-3'],
      ['"010"', '010'],
      ['!float 3', 3],
      ['!float "1e-2"', 0.01],
      ['!float -inf', -Infinity],
      ['!!str 5', '5'],
      ['!!int "5"', 5],
      ['!!float 5', 5],
      ['!!bool "yes"', true],
      ['!!null ""', null],
      ['! 5', '5'],
      ['!!seq [1]', [1]],
      ['!!map {a: 1}', { a: 1 }],
      ['!!set {a, b}', new Set(['a', 'b'])],
      ['!!binary aGk=', new Uint8Array([104, 105])],
    ];
    for (const [text, expected] of cases) {
      assert.deepEqual(load(`- ${text}`), [expected], text);
      assert.deepEqual(load(`{ key: ${text} , other: 1 }`), { key: expected, other: 1 }, text);
    }
  });

  it('keeps the keys of plain maps as they are written', () => {
    const map = load('{ some_name: 1, 0: 2, on: 3, 1e3: 4, "__proto__": 5 }');
    assert.deepEqual(Object.keys(map as object), ['0', 'some_name', 'on', '1e3', '__proto__']);
    assert.equal(Object.getPrototypeOf(map), Object.prototype);
  });

  it('makes a Map where keys are objects', () => {
    const map = load('{ ? [a, b] : 1, c: 2 }');
    assert.deepEqual(
      map,
      new Map<unknown, unknown>([
        [['a', 'b'], 1],
        ['c', 2],
      ]),
    );
  });

  it('takes block style, and braces that are closed at the start of a line', () => {
    const text = 'a: {\n  b: [\n1,\n    2\n],\n}\nc: "x\ny"\nd:\n- 1\n- e: 2\n  f: |\n    lines\n';
    assert.deepEqual(load(text), {
      a: { b: [1, 2] },
      c: 'x y',
      d: [1, { e: 2, f: 'lines\n' }],
    });
  });

  it('takes Windows line ends and a byte order mark', () => {
    assert.deepEqual(load('\uFEFFa: 1\r\nb:\r\n  - 2\r\n'), { a: 1, b: [2] });
  });

  it('merges maps with <<, what is written first winning', () => {
    const text = `
base: &base { a: 1, b: 2 }
more: &more { b: 3, c: 4 }
one: { <<: *base, b: 5 }
two: { b: 6, <<: [ *more, *base ] }
deep: { <<: { <<: *base, a: 7 }, "<<": 8 }
layer: !obj:lab.misc.Anything { <<: *base, snake_case: 1 }`;
    const { one, two, deep, layer } = load<Record<string, unknown>>(text);
    assert.deepEqual(one, { b: 5, a: 1 });
    assert.deepEqual(two, { b: 6, c: 4, a: 1 });
    assert.deepEqual(deep, { a: 7, b: 2, '<<': 8 });
    assert.deepEqual((layer as Anything).options, { a: 1, b: 2, snakeCase: 1 });
  });

  it('makes one value of an anchor and its aliases', () => {
    const { a, b, c } = load<Record<string, object>>('{ a: &x [1, &z {}], b: *x, c: [*z, *x] }');
    assert.equal(a, b);
    assert.deepEqual(c, [{}, [1, {}]]);
    assert.equal((c as object[])[0], (a as object[])[1]);
  });
});

describe('config/yaml_parse: objects', () => {
  useLab();

  it('builds a nested experiment', () => {
    const model = load<MLP>(EXPERIMENT);
    assert.ok(model instanceof MLP);
    const [h0, y] = model.options.layers;
    assert.deepEqual(h0.options, { layerName: 'h0', dim: 500, irange: 0.05, wLrScale: 0.001 });
    assert.deepEqual(y.options, { layerName: 'y', dim: 10, irange: 0, wLrScale: null });
    assert.deepEqual(model.options.inputIncludeProbs, { h0: 0.8, y_out: 1 });
    assert.equal(model.options.nvis, 784);
  });

  it('takes the TypeScript spelling of an option too', () => {
    const { options } = load<Linear>(
      '!obj:lab.models.mlp.Linear {layerName: a, dim: 1, wLrScale: 2}',
    );
    assert.deepEqual(options, { layerName: 'a', dim: 1, irange: 0, wLrScale: 2 });
  });

  it('takes options in block style', () => {
    const { options } = load<Linear>('!obj:lab.models.mlp.Linear\nlayer_name: a\ndim: 1\n');
    assert.equal(options.layerName, 'a');
  });

  it('makes one object of an anchor, calls functions, gives !import uncalled', () => {
    const { a, b, types } = load<Record<string, unknown>>(`{
      a: &a !obj:lab.misc.Anything {},
      b: !obj:lab.monitor.push_monitor { model: *a, name: 'old' },
      types: [!import 'lab.models.mlp.MLP', !import lab.models.mlp.MLP,
              !import:lab.models.mlp.MLP, !import lab.monitor.push_monitor, !import lab.misc.answer],
    }`);
    assert.ok(a instanceof Anything);
    assert.deepEqual(b, { model: a, pushed: 'old' });
    assert.equal((b as { model: unknown }).model, a);
    assert.deepEqual(types, [MLP, MLP, MLP, tree.monitor.pushMonitor, 42]);
  });

  it('builds classes that cells define, with or without a schema', () => {
    class Gated extends Linear {}
    const cell: Record<string, unknown> = { Gated, my_lab: { Anything } };
    setScope((name) => (Object.hasOwn(cell, name) ? cell[name] : undefined));
    const layer = load<Linear>('!obj:Gated {layer_name: g, dim: 2, W_lr_scale: 3}');
    assert.ok(layer instanceof Gated);
    assert.equal(layer.options.wLrScale, 3);
    const other = load<Anything>('!obj:my_lab.Anything {some_option: {some_key: 1}}');
    assert.deepEqual(other.options, { someOption: { some_key: 1 } });
  });

  it('builds classes of cells that run in a context of their own', () => {
    const cell = runInNewContext(`({
      my_lab: { Gated: class Gated { constructor(options) { this.options = options; } } },
      Wrong: class Wrong { constructor() { throw new RangeError('too wide'); } },
      Odd: class Odd { constructor() { throw 'a text'; } },
    })`) as Record<string, unknown>;
    setScope((name) => (Object.hasOwn(cell, name) ? cell[name] : undefined));
    assert.deepEqual(load<Anything>('!obj:my_lab.Gated {a_b: 1}').options, { aB: 1 });
    assert.throws(() => load('!obj:Wrong {}'), { reason: '!obj:Wrong: RangeError: too wide' });
    assert.throws(() => load('!obj:Odd {}'), { reason: '!obj:Odd: Error: "a text"' });
  });

  it('fills in ${VAR} in values and keys, from environ before the process', () => {
    process.env.LAB_A = 'process';
    process.env.LAB_B = '${LAB_A}';
    try {
      const text = `["\${LAB_A}/\${LAB_B}", {"k\${LAB_A}": a}, '\${LAB_A}', \${LAB_C}]`;
      assert.deepEqual(load(text.replace('${LAB_C}', '"$5 {x}"')), [
        'process/${LAB_A}',
        { kprocess: 'a' },
        'process',
        '$5 {x}',
      ]);
      assert.deepEqual(load('a: ${LAB_A}', { environ: { LAB_A: 'given' } }), { a: 'given' });
      const key = load<Anything>('!obj:lab.misc.Anything {"${LAB_A}_x": 1}').options;
      assert.deepEqual(key, { processX: 1 });
    } finally {
      delete process.env.LAB_A;
      delete process.env.LAB_B;
    }
  });

  it('leaves the graph unbuilt on request, to be built later with identities kept', () => {
    MLP.made = 0;
    const text =
      '{a: &m !obj:lab.models.mlp.MLP {layers: [!obj:lab.models.mlp.Linear {layer_name: "${X}", dim: 1}]}, b: [*m]}';
    const graph = load<{ a: Proxy; b: Proxy[] }>(text, {
      instantiate: false,
      environ: { X: 'h0' },
    });
    assert.equal(MLP.made, 0);
    assert.ok(graph.a instanceof Proxy);
    assert.equal(graph.a, graph.b[0]);
    assert.equal(graph.a.name, 'lab.models.mlp.MLP');
    assert.equal(graph.a.callable, MLP);
    assert.deepEqual([graph.a.position.line, graph.a.position.column], [1, 8]);
    const [layer] = graph.a.keywords.get('layers') as Proxy[];
    assert.deepEqual(
      [...layer.keywords],
      [
        ['layer_name', '${X}'],
        ['dim', 1],
      ],
    );
    const built = instantiate(graph) as { a: MLP; b: MLP[] };
    assert.ok(built.a instanceof MLP);
    assert.equal(built.a, built.b[0]);
    assert.equal(built.a.options.layers[0].options.layerName, 'h0');
    assert.notEqual((instantiate(graph) as { a: MLP }).a, built.a);
  });

  it('checks names before it builds anything', () => {
    MLP.made = 0;
    const text = `[!obj:lab.models.mlp.MLP {layers: [!obj:lab.models.mlp.Linear {layer_name: a, dim: 1}]},
      !obj:lab.models.mlp.Linear {layer_nam: b}]`;
    assert.throws(() => load(text), YamlError);
    assert.equal(MLP.made, 0);
  });

  it('fills in templates when values are given', () => {
    const text = '!obj:lab.models.mlp.Linear {layer_name: "%(name)s", dim: %(dim)i, irange: %(r)f}';
    const { options } = load<Linear>(text, { values: { name: 'h', dim: 3, r: 0.25 } });
    assert.deepEqual(options, { layerName: 'h', dim: 3, irange: 0.25, wLrScale: null });
  });
});

describe('config/yaml_parse: yamlSrc', () => {
  useLab();

  it('is the YAML of an object, variables not filled in', () => {
    const text = '[!obj:lab.models.mlp.Linear {layer_name: "${N}", dim: 010, irange: 1e-3}]';
    const [layer] = load<Linear[]>(text, { environ: { N: 'h' } });
    const expected = '!obj:lab.models.mlp.Linear {layer_name: "${N}", dim: 010, irange: 1e-3}\n';
    assert.equal(yamlSrcOf(layer), expected);
    assert.equal(layer.yamlSrc, expected);
    assert.equal(yamlSrcOf({}), undefined);
  });

  it('stands alone: what aliases stand for is written out once', () => {
    const text = `{
      shared: &s [1, &t {k: e5, n: '1e-3'}],
      one: !obj:lab.misc.Anything {a: *s, b: *s, c: *t, d: 1.E4, e: ~, f: .2e4, g: 1:30, h: 'on'},
    }`;
    const { one } = load<{ one: Anything }>(text);
    const again = load<Anything>(yamlSrcOf(one) as string);
    assert.deepEqual(again.options, one.options);
    assert.equal(again.options.a, again.options.b);
    assert.equal(again.options.c, (again.options.a as unknown[])[1]);
  });

  it('keeps anchors apart that have one name', () => {
    const text = `[&a {v: 1}, &b [*a, *a], !obj:lab.misc.Anything {p: &a {v: 2}, q: *a, r: *b}]`;
    const [, , object] = load<[unknown, unknown, Anything]>(text);
    const again = load<Anything>(yamlSrcOf(object) as string);
    assert.deepEqual(again.options, { p: { v: 2 }, q: { v: 2 }, r: [{ v: 1 }, { v: 1 }] });
  });

  it('gives the whole experiment back', () => {
    const model = load<MLP>(EXPERIMENT);
    const again = load<MLP>(yamlSrcOf(model) as string);
    assert.deepEqual(again.options, model.options);
  });
});

describe('config/yaml_parse: files', () => {
  useLab();
  let folder = '';
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'yaml-'));
    writeFileSync(join(folder, 'experiment.yaml'), 'a: [1, !obj:lab.misc.Anythin {}]');
    writeFileSync(join(folder, 'data.json'), '{"some": [1, 2]}');
  });
  after(() => rmSync(folder, { recursive: true }));

  it('names the file in errors', () => {
    const path = join(folder, 'experiment.yaml');
    assert.throws(() => loadPath(path), {
      name: 'YamlError',
      message:
        `${path}, line 1, column 22: !obj:lab.misc.Anythin: ` +
        '`lab.misc` has no `Anythin`. Did you mean `Anything`?\n' +
        '  1 | a: [1, !obj:lab.misc.Anythin {}]\n' +
        '    |                      ^^^^^^^',
      fileName: path,
      line: 1,
      column: 22,
    });
  });

  it('suggests a file near by when there is none', () => {
    assert.throws(() => loadPath(join(folder, 'experimant.yaml')), {
      name: 'DataError',
      message: /Did you mean `experiment.yaml`\?$/,
    });
  });

  it('reads data files by !pkl:, once for an anchor, and knows where they came from', () => {
    const { a, b } = load<Record<string, unknown>>('{a: &d !pkl: "${D}/data.json", b: *d}', {
      environ: { D: folder },
    });
    assert.deepEqual(a, { some: [1, 2] });
    assert.equal(a, b);
    assert.equal(yamlSrcOf(a as object), '!pkl: "${D}/data.json"\n');
  });

  it('says which data file is missing', () => {
    assert.throws(() => load(`x: 1\ny: !pkl: '${folder}/none.json'`), {
      name: 'YamlError',
      line: 2,
      column: 4,
      message: /!pkl: .*none\.json/,
    });
  });
});
