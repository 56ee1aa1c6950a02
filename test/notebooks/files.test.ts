import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const folder = resolve(__dirname, '../../notebooks');
const notebooks = readdirSync(folder).filter((name) => name.endsWith('.ipynb'));
const read = (name: string) => readFileSync(join(folder, name), 'utf8');

interface Cell {
  cell_type: string;
  source: string[];
  execution_count?: number | null;
  outputs?: { output_type: string; data?: Record<string, unknown> }[];
}

const cellsOf = (name: string) => (JSON.parse(read(name)) as { cells: Cell[] }).cells;
const codeOf = (name: string) => cellsOf(name).filter((cell) => cell.cell_type === 'code');

/** What the cells of a notebook say, one after the other. */
const sourceOf = (name: string) =>
  codeOf(name)
    .map(({ source }) => source.join(''))
    .join('\n');

/** A text that a cell declares: `const NAME = ...` between backquotes. */
function textOf(notebook: string, name: string): string {
  const [, text] = sourceOf(notebook).match(new RegExp(`const ${name} = \`([^\`]*)\``)) ?? [];
  assert.ok(text, `${notebook} declares no text ${name}`);
  return text;
}

/** The sizes of the whole experiment, as the notebook's switch has them. */
function wholeSizes(notebook: string): Record<string, string> {
  const [, first = ''] = sourceOf(notebook).match(/whole\s*\?\s*(\{[^}]*\}|\d+)/) ?? [];
  const named = first.startsWith('{') ? first : `{ max_epochs: ${first} }`;
  return Object.fromEntries(
    [...named.matchAll(/(\w+): (\d+)/g)].map(([, name, value]) => [name, value]),
  );
}

/** YAML without comments and without the freedom of its spaces. */
function bare(yaml: string): string {
  return yaml
    .replace(/(^|\s)#.*$/gm, '')
    .replace(/\s+/g, ' ')
    .replace(/ ?([{}[\],]) ?/g, '$1')
    .trim();
}

/** Notebook, text in it, YAML file, and what is filled in beside the sizes. */
const experiments: [string, string, string, Record<string, string>?][] = [
  ['softmax_regression.ipynb', 'experiment', 'softmax_regression.yaml'],
  [
    'convolutional_network.ipynb',
    'experiment',
    'convolutional_network.yaml',
    { name: 'convolutional_network', cost: '!obj:pylearn2.costs.mlp.Default { }' },
  ],
  ['stacked_autoencoders.ipynb', 'daeL1', 'dae_l1.yaml'],
  ['stacked_autoencoders.ipynb', 'daeL2', 'dae_l2.yaml'],
  [
    'stacked_autoencoders.ipynb',
    'daeMlp',
    'dae_mlp.yaml',
    { hidden_layers: textOf('stacked_autoencoders.ipynb', 'pretrained') },
  ],
  ['extending.ipynb', 'experiment', 'extending.yaml'],
];

describe('notebooks as files', () => {
  for (const [notebook, name, file, more = {}] of experiments) {
    it(`${file} is the whole experiment of ${notebook}`, () => {
      const values: Record<string, string> = { ...wholeSizes(notebook), ...more };
      const text = textOf(notebook, name).replace(/%\((\w+)\)[is]/g, (_, key) => values[key]);
      assert.equal(bare(text), bare(read(file)));
    });
  }

  for (const name of notebooks) {
    it(`${name} was run from top to bottom, and shows it to those who cannot run it`, () => {
      const cells = codeOf(name);
      const counts = cells.map(({ execution_count }) => execution_count);
      assert.deepEqual(
        counts,
        cells.map((_, i) => i + 1),
      );
      const outputs = cells.flatMap((cell) => cell.outputs ?? []);
      assert.ok(outputs.every(({ output_type }) => output_type !== 'error'));
      const pictures = outputs.flatMap(({ data = {} }) => Object.keys(data));
      assert.ok(pictures.includes('image/svg+xml') && pictures.includes('image/png'));
    });

    it(`${name} tells nothing of the machine that ran it, and ends with exercises`, () => {
      assert.doesNotMatch(read(name), /\/(tmp|home|root|work|Users)\/|"execution": /);
      const last = cellsOf(name).at(-1)!.source.join('');
      assert.match(last, /Exercises[^]*<summary>Solutions<\/summary>/);
    });
  }
});
