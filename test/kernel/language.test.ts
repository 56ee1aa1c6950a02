import assert from 'node:assert/strict';
import { sharedKernel } from '../support/shared_kernel';

/** The request with the cursor where `|` stands, counted in code points as Jupyter does. */
function at(marked: string) {
  const [before, after] = marked.split('|');
  return { code: before + after, cursor_pos: [...before].length, detail_level: 0 };
}

async function complete(marked: string) {
  const reply = await (await sharedKernel()).request('complete_request', at(marked));
  return reply as {
    matches: string[];
    cursor_start: number;
    cursor_end: number;
    metadata: unknown;
  };
}

async function hover(marked: string) {
  const reply = await (await sharedKernel()).request('inspect_request', at(marked));
  return reply as { found: boolean; data: Record<string, string> };
}

describe('kernel: completion', () => {
  it('completes names of the prelude with their kinds', async () => {
    const { matches, metadata } = await complete('new SoftmaxReg|');
    assert.deepEqual(matches, ['SoftmaxRegression']);
    assert.deepEqual(metadata, {
      _jupyter_types_experimental: [
        { text: 'SoftmaxRegression', start: 4, end: 14, type: 'class' },
      ],
    });
  });

  it('knows the kinds of what modules pass on', async () => {
    const cases = { 'displ|': 'function', 'serial|': 'module', 'tf.matM|': 'function' };
    for (const [marked, kind] of Object.entries(cases)) {
      const { metadata } = await complete(marked);
      const [first] = (metadata as Record<string, { type: string }[]>)._jupyter_types_experimental;
      assert.equal(first.type, kind, marked);
    }
  });

  it('completes members, only those that begin so', async () => {
    const { matches } = await complete('[1].ma|');
    assert.deepEqual(matches, ['map']);
  });

  it('completes the options of a class', async () => {
    assert.ok((await complete('new MLP({ nv| })')).matches.includes('nvis'));
  });

  it('counts places in code points', async () => {
    const { matches, cursor_start, cursor_end } = await complete("'😀😀'; Math.flo|");
    assert.deepEqual([matches, cursor_start, cursor_end], [['floor'], 11, 14]);
  });
});

describe('kernel: hover', () => {
  it('shows signature and docstring of a name of the prelude, in Markdown and as text', async () => {
    const { found, data } = await hover('loa|d("x.yaml")');
    assert.equal(found, true);
    assert.match(data['text/markdown'], /^```ts\n[^]*load[^]*\n```\n\n[^]*YAML/);
    assert.match(data['text/plain'], /YAML/);
  });

  it('shows the function around the cursor inside of its brackets', async () => {
    assert.match((await hover('parseInt(|)')).data['text/plain'], /function parseInt/);
  });

  it('shows of a constructor what is said of its class, and how to call it', async () => {
    const { data } = await hover('new ML|P({})');
    assert.match(
      data['text/markdown'],
      /^```ts\nnew MLP\(options: [^\n]*\n```\n\nLayers one after/,
    );
  });

  it('lists the options of what is called, those first that must be given', async () => {
    for (const marked of ['new Softma|x({})', 'new pylearn2.models.mlp.Softmax(|', 'Softmax|']) {
      const { data } = await hover(marked);
      const options = data['text/markdown'].split('\n').filter((line) => line.startsWith('- `'));
      assert.equal(options[0], '- `nClasses: number` Number of classes.', marked);
      assert.match(options[1], /^- `layerName: string` Name of the layer/);
      assert.ok(options.slice(2).every((line) => /^- `\w+\?: /.test(line)));
      assert.ok(options.some((line) => line.startsWith('- `maxColNorm?: number` Largest L2 norm')));
    }
    const { data } = await hover('plotMoni|tor');
    assert.match(
      data['text/markdown'],
      /^- `log\?: boolean` Whether the y axis is logarithmic\.$/m,
    );
  });

  it('lists the options of a class that a cell has defined, with its own comments', async () => {
    await (
      await sharedKernel()
    ).run(
      'interface RippleOptions {\n  /** How high. */\n  height?: number;\n  dim: number;\n}\n' +
        'class Ripple extends Linear {\n  constructor({ height = 1, dim }: RippleOptions) {\n' +
        "    super({ dim: dim * height, layerName: 'r', irange: 0 });\n  }\n}",
    );
    const { data } = await hover('new Rip|ple({})');
    assert.match(data['text/markdown'], /\n- `dim: number`\n- `height\?: number` How high\./);
  });

  it('lists nothing for what takes no options', async () => {
    for (const marked of ['new Ma|p()', 'getMoni|tor', 'parseI|nt("1")', 'tf.randomNor|mal([1])']) {
      assert.doesNotMatch((await hover(marked)).data['text/markdown'], /^- `\w+\??: /m, marked);
    }
  });

  it('shows what a method may throw', async () => {
    const { data } = await hover('declare const any: Train; any.mainLoo|p()');
    assert.match(data['text/markdown'], /\n\*throws\*: StateError when it is running already/);
  });

  it('shows the comment of an option', async () => {
    assert.match(
      (await hover('new MLP({ nv|is: 3, layers: [] })')).data['text/plain'],
      /nvis\?: number/,
    );
  });

  it('shows what a name stands for now: of tensors shape and dtype', async () => {
    const kernel = await sharedKernel();
    await kernel.run(
      "const grid = tf.zeros([2, 3]); const word = 'hello'; const long = 'x'.repeat(999);",
    );
    assert.match(
      (await hover('gri|d.shape')).data['text/markdown'],
      /\/\/ now\nTensor float32 \[2, 3\]\n/,
    );
    assert.match((await hover('word|')).data['text/plain'], /\n\nnow: 'hello'/);
    assert.ok((await hover('long|')).data['text/plain'].length < 400);
    assert.doesNotMatch((await hover('grid.word|')).data['text/plain'] ?? '', /now/);
  });

  it('finds nothing where nothing is', async () => {
    assert.equal((await hover('  |  ')).found, false);
  });
});

describe('kernel: is_complete', () => {
  const cases: Record<string, string[]> = {
    complete: ['1 + 1', 'const x = `a`;', 'for (;;) {}'],
    incomplete: ['function f() {', 'const x = `a', '[1,', 'if (true) {\n  f(', '/* note'],
    invalid: ['1 + ) 2', 'const const = 1; f()'],
  };
  for (const [status, codes] of Object.entries(cases)) {
    it(`knows what is ${status}`, async () => {
      const kernel = await sharedKernel();
      for (const code of codes) {
        assert.equal((await kernel.request('is_complete_request', { code })).status, status, code);
      }
    });
  }

  it('proposes an indent', async () => {
    const kernel = await sharedKernel();
    const reply = await kernel.request('is_complete_request', { code: '  while (x) {' });
    assert.equal(reply.indent, '    ');
  });
});

describe('kernel: about itself', () => {
  it('tells its language, its version and on what training runs', async () => {
    const info = await (await sharedKernel()).request('kernel_info_request', {});
    assert.equal(info.status, 'ok');
    assert.equal(info.implementation, 'tslearn2');
    assert.match(String(info.banner), /^tslearn2 \d+\.\d+\.\d+ .*Training runs on: \S/);
    assert.equal((info.language_info as { name: string }).name, 'typescript');
  });

  it('remembers its cells', async () => {
    const kernel = await sharedKernel();
    await kernel.run('"remembered"');
    const ask = (request: object) =>
      kernel.request('history_request', { output: false, raw: true, ...request });
    const tail = (await ask({ hist_access_type: 'tail', n: 1 })).history as unknown[][];
    assert.equal(tail[0][2], '"remembered"');
    const found = await ask({
      hist_access_type: 'search',
      pattern: '*membered*',
      n: 5,
      unique: true,
    });
    assert.equal((found.history as unknown[]).length, 1);
    const line = tail[0][1] as number;
    const range = await ask({ hist_access_type: 'range', session: 0, start: line, stop: line + 1 });
    assert.deepEqual(range.history, tail);
    const earlier = await ask({
      hist_access_type: 'range',
      session: -1,
      start: line,
      stop: line + 1,
    });
    assert.deepEqual(earlier.history, []);
  });
});
