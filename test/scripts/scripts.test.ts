import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { Command, CommanderError } from 'commander';
import { PNG } from 'pngjs';
import {
  commands,
  loadTrainFile,
  plotMonitor,
  printMonitor,
  showExamples,
  showWeights,
  summarizeModel,
  train,
} from '../../src/scripts';
import { loadModel } from '../../src/scripts/load_model';
import { displaySymbol } from '../../src/utils/display';
import { interrupt } from '../../src/utils/interrupt';
import { setLogSink } from '../../src/utils/log';
import { leaves } from '../support/expect';
import { logged, quietly } from '../support/log';
import { folderForEachTest } from '../support/temporary';
import { experiment } from './experiment';

/** Runs a command line. */
async function run(...args: string[]): Promise<void> {
  const program = new Command().exitOverride();
  for (const { name, aliases = [], configure } of commands) {
    const command = program.command(name).exitOverride();
    aliases.forEach((alias) => command.alias(alias));
    configure(command);
  }
  await program.parseAsync(args, { from: 'user' });
}

const texts = async (f: () => unknown) => (await logged(f)).map(({ text }) => text);

describe('scripts', () => {
  const file = folderForEachTest();
  const variables = Object.keys(process.env);

  beforeEach(() => writeFileSync(file('run.yaml'), experiment(2)));
  afterEach(() => {
    for (const name of Object.keys(process.env)) {
      if (!variables.includes(name)) delete process.env[name];
    }
  });

  /** Trains and saves a model. */
  async function trained(name = 'run'): Promise<string> {
    writeFileSync(file(`${name}.yaml`), experiment(2));
    await quietly(() => train({ config: file(`${name}.yaml`) }));
    return file(`${name}.pkl`);
  }

  describe('train', () => {
    it('runs an experiment to its end and saves beside its file', async () => {
      const reason = await quietly(() => train({ config: file('run.yaml') }));
      assert.equal(reason, 'criterion');
      const model = loadModel(file('run.pkl'), 'test');
      assert.equal(model.monitor?.getEpochsSeen(), 2);
      model.dispose();
    });

    it('tells the experiment what its file is called', () => {
      writeFileSync(
        file('names.yaml'),
        "['${PYLEARN2_TRAIN_FILE_STEM}', '${PYLEARN2_TRAIN_BASE_NAME}', '${PYLEARN2_TRAIN_DIR}', '${PYLEARN2_TRAIN_FILE_FULL_STEM}']",
      );
      assert.deepEqual(loadTrainFile(file('names.yaml')), [
        'names',
        'names.yaml',
        `${dirname(file('names'))}/`,
        file('names'),
      ]);
    });

    it('runs the phases of a list one after the other, each under its name', async () => {
      const phases = [1, 2].map(
        (i) => `- ${experiment(i, file(`${i}.pkl`)).replace(/\n/g, '\n  ')}`,
      );
      writeFileSync(file('run.yaml'), phases.join('\n'));
      const seen: (string | undefined)[] = [];
      const former = setLogSink((_, where, text) => {
        if (where === 'train' && text.endsWith('...')) seen.push(process.env.PYLEARN2_TRAIN_PHASE);
      });
      try {
        await train({ config: file('run.yaml') });
      } finally {
        setLogSink(former);
      }
      assert.deepEqual([...new Set(seen)], ['phase1', 'phase2']);
      assert.ok(existsSync(file('1.pkl')) && existsSync(file('2.pkl')));
    });

    it('begins no further epoch when the time budget is spent', async () => {
      assert.equal(
        await quietly(() => train({ config: file('run.yaml'), timeBudget: 0 })),
        'time budget',
      );
    });

    it('saves what an interrupt stopped, and ends with status 130', async () => {
      writeFileSync(file('run.yaml'), experiment(1000));
      const stopped = quietly(() => run('train', file('run.yaml')));
      setTimeout(() => interrupt(), 100);
      await assert.rejects(
        stopped,
        (error) => error instanceof CommanderError && error.exitCode === 130,
      );
      assert.ok(existsSync(file('run.pkl')));
    });

    it('prints module and level of each line when asked to', async () => {
      const written: string[] = [];
      const { write } = process.stdout;
      process.stdout.write = ((text: string) => written.push(text) > 0) as typeof write;
      try {
        await run('train', '-V', file('run.yaml'));
      } finally {
        process.stdout.write = write;
      }
      assert.match(written.join(''), /^\S+Z monitor REPORT Monitoring step:/m);
    });

    it('says what the file holds when that is no Train', async () => {
      writeFileSync(file('run.yaml'), '[1, 2]');
      await assert.rejects(
        quietly(() => train({ config: file('run.yaml') })),
        /expected .*run.yaml to be a Train or a list of them, received 1/,
      );
    });
  });

  describe('print_monitor', () => {
    it('prints epochs, time, and the last values by name', async () => {
      const path = await trained();
      const lines = await texts(() => printMonitor({ files: [path] }));
      assert.equal(lines[0], 'epochs seen:  2');
      assert.match(lines[1], /^time trained: {2}\d/);
      const names = lines.slice(2).map((line) => line.split(' : ')[0]);
      assert.deepEqual(names, [...names].sort());
      assert.ok(names.includes('train_y_misclass'));
    });

    it('tells several files apart', async () => {
      const [one, two] = [await trained('one'), await trained('two')];
      const lines = await texts(() => run('print_monitor', one, two));
      assert.deepEqual(
        lines.filter((line) => line.endsWith(':')),
        [`${one}:`, `${two}:`],
      );
    });

    it('says that an experiment is no model', () => {
      assert.throws(() => printMonitor({ files: [file('run.yaml')] }), /run.yaml is an experiment/);
    });
  });

  describe('plot_monitor', () => {
    it('gives a chart of the channels that were asked for', async () => {
      const path = await trained();
      const chart = await plotMonitor({ models: [path], channels: ['y_misclass'], x: 'epochs' });
      const bundle = await chart[displaySymbol]();
      assert.match(bundle['text/plain'] as string, /y_misclass/);
      assert.match(bundle['image/svg+xml'] as string, />train_y_misclass</);
    });

    it('writes a chart that tells the models apart', async () => {
      const [one, two] = [await trained('first_model'), await trained('other_model')];
      const out = file('chart.svg');
      await quietly(() => run('plot-monitor', one, two, '--channels', '*objective', '--out', out));
      const svg = readFileSync(out, 'utf8');
      assert.equal(svg.match(/aria-roledescription="line mark"/g)?.length, 2);
      assert.match(svg, />train_objective:/);
    });

    it('draws a logarithmic y axis when asked', async () => {
      const [models, out] = [await trained(), file('chart.json')];
      await quietly(() => run('plot-monitor', models, '--log', '--out', out));
      assert.match(readFileSync(out, 'utf8'), /"type": "log"/);
    });

    it('writes a PNG file too', async () => {
      const out = file('chart.png');
      await plotMonitor({ models: [await trained()], out });
      assert.ok(PNG.sync.read(readFileSync(out)).width > 640);
    });

    it('takes models from cells, and names the nearest channel', async () => {
      const model = loadModel(await trained(), 'test');
      await assert.rejects(
        plotMonitor({ models: [model], channels: ['train_y_misklass'] }),
        /no channel `train_y_misklass`. Did you mean `train_y_misclass`\?/,
      );
      model.dispose();
    });
  });

  describe('show_weights', () => {
    it('draws a unit each, by the layout of the dataset that the model remembers', async () => {
      const path = await trained();
      const out = file('weights.png');
      await quietly(() => run('show_weights', path, '--border', '--out', out));
      const png = PNG.sync.read(readFileSync(out));
      // One row of two patches of 2 by 2 pixels.
      assert.deepEqual([png.height, png.width], [5 + 7, 5 + 2 * 7]);
      assert.deepEqual([...png.data.slice((4 * png.width + 4) * 4).subarray(0, 3)], [0, 0, 0]);
    });

    it('leaves no tensors behind', async () => {
      const path = await trained();
      await quietly(() => leaves(0, () => showWeights({ path })));
    });

    it('wants a path or a model', () => {
      assert.throws(() => showWeights({}), /expected either `path` or `model`/);
    });
  });

  describe('show_examples', () => {
    const yaml = (X: string, more = 'shape: [1, 2, 1]') => `
!obj:pylearn2.datasets.dense_design_matrix.DenseDesignMatrix {
  X: ${X},
  view_converter: !obj:pylearn2.datasets.dense_design_matrix.DefaultViewConverter { ${more} }
}`;

    it('draws examples as the dataset wants them seen, and logs how large they are', async () => {
      writeFileSync(file('data.yaml'), yaml('[[3, 0], [-4, 4]]'));
      const out = file('examples.png');
      const lines = await texts(() => run('show_examples', file('data.yaml'), '--out', out));
      const png = PNG.sync.read(readFileSync(out));
      assert.deepEqual([png.height, png.width], [5 + 6, 5 + 2 * 7]);
      const row = [...png.data.slice(5 * png.width * 4, 6 * png.width * 4)].filter(
        (_, i) => i % 4 === 0,
      );
      // 3/4 of white, mid-grey; black, white.
      assert.deepEqual([row[5], row[6], row[12], row[13]], [223, 127, 0, 255]);
      assert.deepEqual(lines.slice(1, 5), [
        '\tmin:  3',
        `\tmean:  ${(3 + Math.sqrt(32)) / 2}`,
        `\tmax:  ${Math.sqrt(32)}`,
        'range of elements of examples (-4, 4)',
      ]);
    });

    it('shows no more examples than there are, in as many rows as they take', async () => {
      writeFileSync(file('data.yaml'), yaml('[[1, 0], [0, 1], [1, 1]]'));
      const viewer = await quietly(() =>
        leaves(0, () => showExamples({ path: file('data.yaml'), rows: 5, cols: 2 })),
      );
      assert.deepEqual(viewer.shape, [5 + 2 * 6, 5 + 2 * 7]);
    });

    it('says what is no dataset of images', () => {
      writeFileSync(file('data.yaml'), '[1]');
      assert.throws(() => showExamples({ path: file('data.yaml') }), /to be a dataset of images/);
    });
  });

  describe('summarize_model', () => {
    it('prints statistics of parameters and how long the model was trained', async () => {
      const path = await trained();
      const lines = await texts(() => summarizeModel({ path }));
      assert.ok(lines.some((line) => /^softmax_W: \(.*\) \[4, 2\]$/.test(line)));
      assert.ok(lines.some((line) => line.startsWith('softmax_W col norms: (')));
      assert.ok(lines.includes('trained on 16 examples'));
      assert.equal(lines.at(-1), 'Training succeeded');
    });
  });
});
