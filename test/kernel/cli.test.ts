import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { type Ended, runNode } from '../support/setup';
import { temporaryFolder } from '../support/temporary';

const PROGRAM = `require('./kernel/cli.ts')
  .main(process.argv.slice(1), require('./kernel/setup/tools.js'))
  .then((status) => { process.exitCode = status; });`;

const tslearn2 = (...args: string[]): Promise<Ended> =>
  runNode(['--import', 'tsx', '-e', PROGRAM, '--', ...args]);

/** The text of a notebook for Python's kernel, one code cell for each source. */
function notebook(...sources: string[]): string {
  const cells = sources.map((source, i) => {
    return { id: `cell${i}`, cell_type: 'code', source, metadata: {}, outputs: [] };
  });
  const kernelspec = { name: 'python3', display_name: 'Python 3' };
  const withCounts = cells.map((cell) => ({ ...cell, execution_count: null }));
  const rest = { metadata: { kernelspec }, nbformat: 4, nbformat_minor: 5 };
  return JSON.stringify({ cells: withCounts, ...rest });
}

describe('kernel/cli', () => {
  const path = temporaryFolder();

  it('lists the scripts beside its own commands, and ends well', async () => {
    const { status, out, err } = await tslearn2('--help');
    assert.equal(status, 0, err);
    for (const name of ['train', 'print-monitor', 'install', 'notebook', 'doctor']) {
      assert.match(out, new RegExp(`^ +${name}\\b`, 'm'));
    }
  });

  it('tells the version of the package', async () => {
    const { status, out } = await tslearn2('--version');
    assert.equal(status, 0);
    assert.match(out, /^\d+\.\d+\.\d+\n$/);
  });

  it('refuses an unknown command and names the nearest', async () => {
    const { status, err } = await tslearn2('trian', 'experiment.yaml');
    assert.equal(status, 1);
    assert.match(err, /unknown command 'trian'[^]*train/);
  });

  it("takes Pylearn2's spelling of a script", async () => {
    const { status, out } = await tslearn2('print_monitor', '--help');
    assert.equal(status, 0);
    assert.match(out, /print-monitor\|print_monitor/);
  });

  it('tells a failure in one message, and its stack only when asked', async () => {
    const missing = path('missing.yaml');
    const plain = await tslearn2('train', missing);
    assert.equal(plain.status, 1);
    assert.match(plain.err, /^tslearn2: .*missing\.yaml/m);
    assert.doesNotMatch(plain.err, /^\s+at /m);
    const debug = await tslearn2('--debug', 'train', missing);
    assert.equal(debug.status, 1);
    assert.match(debug.err, /^\s+at /m);
  });

  it('refuses two places for the kernel', async () => {
    const { status, err } = await tslearn2('install', '--user', '--prefix', path('prefix'));
    assert.equal(status, 1);
    assert.match(err, /exclude each other\n {2}What to do: give one of them/);
  });

  it('refuses a notebook that is not there, or a time that is no time', async () => {
    const missing = await tslearn2('notebook', path('missing.ipynb'));
    assert.equal(missing.status, 1);
    assert.match(missing.err, /there is no .*missing\.ipynb/);
    const never = await tslearn2('notebook', path('missing.ipynb'), '--timeout', 'never');
    assert.equal(never.status, 1);
    assert.match(never.err, /--timeout.*greater than 0/);
  });

  it('runs a notebook and writes a page whose plots show without JavaScript', async () => {
    const bundle = `{
      'application/vnd.vegalite.v5+json': {'mark': 'point'},
      'image/svg+xml': '<svg xmlns="http://www.w3.org/2000/svg"><title>curve</title></svg>',
      'text/plain': 'a plot'}`;
    const cell = `from IPython.display import display\ndisplay(${bundle}, raw=True)`;
    writeFileSync(path('plot.ipynb'), notebook(cell));
    const { status, out } = await tslearn2(
      ...['notebook', path('plot.ipynb'), '--html', path('plot.html'), '--to', path('done.ipynb')],
    );
    assert.equal(status, 0, out);
    const page = readFileSync(path('plot.html'), 'utf8');
    const image = /<img [^>]*src="data:image\/svg\+xml;base64,([\w+/=]+)"/.exec(page)?.[1] ?? '';
    assert.match(Buffer.from(image, 'base64').toString(), /<title>curve<\/title>/);
    assert.equal(JSON.parse(readFileSync(path('done.ipynb'), 'utf8')).cells[0].execution_count, 1);
  });

  it('writes formulas as MathML, in texts and not in code, and leaves the notebook as it was', async () => {
    const text = 'For $x^2$ see `$HOME`:\n\n$$ C = \\frac1N \\sum_n x_n $$\n';
    const file = JSON.parse(notebook('1')) as { cells: object[] };
    file.cells.unshift({ id: 'text', cell_type: 'markdown', metadata: {}, source: text });
    writeFileSync(path('formula.ipynb'), JSON.stringify(file));
    const { status, out } = await tslearn2(
      ...['notebook', path('formula.ipynb'), '--html', path('formula.html')],
      ...['--to', path('formula.out.ipynb')],
    );
    assert.equal(status, 0, out);
    const page = readFileSync(path('formula.html'), 'utf8');
    assert.match(page, /<msup><mi>x<\/mi><mn>2<\/mn><\/msup>/);
    assert.match(page, /<math display="block"[^>]*>.*<mfrac><mn>1<\/mn><mi>N<\/mi><\/mfrac>/);
    assert.match(page, /<code>\$HOME<\/code>/);
    assert.doesNotMatch(page, /\$\$ C/);
    const executed = JSON.parse(readFileSync(path('formula.out.ipynb'), 'utf8'));
    assert.equal([executed.cells[0].source].flat().join(''), text);
  });

  it('fails when a cell fails, prints its error and writes what there was', async () => {
    writeFileSync(path('bad.ipynb'), notebook("print('before')", "raise ValueError('my fault')"));
    const { status, err } = await tslearn2(
      'notebook',
      path('bad.ipynb'),
      '--html',
      path('bad.html'),
    );
    assert.equal(status, 1);
    assert.match(err, /a cell of .*bad\.ipynb failed[^]*my fault/);
    assert.equal(existsSync(path('bad.html')), true);
    assert.match(readFileSync(path('bad.html'), 'utf8'), /before/);
  });
});
