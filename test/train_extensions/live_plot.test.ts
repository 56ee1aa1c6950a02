import assert from 'node:assert/strict';
import { EpochCounter } from '../../src/termination_criteria';
import { Train } from '../../src/train';
import { LivePlot, type LivePlotOptions } from '../../src/train_extensions/live_plot';
import { CostBudget } from '../../src/train_extensions/live_plot/cost_budget';
import {
  progressBundle,
  type ProgressState,
  progressText,
  secondsLeft,
} from '../../src/train_extensions/live_plot/progress';
import { interrupt } from '../../src/utils/interrupt';
import { setDisplayHost } from '../../src/utils/display';
import { logged, quietly } from '../support/log';
import { recordingHost, type Shown } from '../support/recording_host';
import { TinyDataset } from '../support/tiny_dataset';
import { TinyDescent, TinyModel } from '../support/tiny_model';

const VEGA_LITE = 'application/vnd.vegalite.v5+json';

/** Holds the processor, as training does. */
function work(milliseconds: number): void {
  const end = performance.now() + milliseconds;
  while (performance.now() < end);
}

/** A training of `epochs` epochs of 4 batches, each of which takes so long. */
function training(epochs: number, milliseconds: number, options?: LivePlotOptions): Train {
  const algorithm = new TinyDescent(1, 0.1, new EpochCounter({ maxEpochs: epochs }));
  algorithm.onBatch = () => work(milliseconds);
  algorithm.batchesPerEpoch = () => 4;
  const dataset = new TinyDataset([[1], [2], [3], [4]]);
  const extensions = [new LivePlot(options)];
  return new Train({ dataset, model: new TinyModel(), algorithm, extensions });
}

function charts(shown: readonly Shown[]): Shown[] {
  return shown.filter(({ bundle }) => VEGA_LITE in bundle);
}

function lastX(spec: unknown): number | undefined {
  const { concat } = spec as { concat: { data: { values: { x: number }[] } }[] };
  return concat[0].data.values.at(-1)?.x;
}

describe('train_extensions/live_plot', () => {
  const shown = recordingHost();

  it('shows a progress line and charts, each updated in its place', async () => {
    await quietly(() => training(10, 15).mainLoop());
    assert.deepEqual([...new Set(shown().map(({ display }) => display))], [0, 1]);
    assert.ok(charts(shown()).every(({ display }) => display === 1));
    assert.ok(charts(shown()).length >= 2);
  });

  it('sends the final state of a run that is over before the first update: all epochs, SVG, text', async () => {
    await quietly(() => training(5, 0).mainLoop());
    const { bundle } = charts(shown()).at(-1)!;
    assert.deepEqual(Object.keys(bundle).sort(), [VEGA_LITE, 'image/svg+xml', 'text/plain']);
    assert.equal(lastX(bundle[VEGA_LITE]), 5);
    const progress = shown().filter(({ display }) => display === 0);
    assert.match(progress.at(-1)!.bundle['text/plain'] as string, /^5 epochs · 20 batches/);
  });

  it('updates at most four times a second and also within an epoch', async () => {
    await quietly(() => training(2, 200).mainLoop());
    const live = shown().filter(({ bundle }) => !('image/svg+xml' in bundle));
    // Two displays appear at the start; the last progress line comes when training is over.
    const updates = live.slice(2, -1);
    for (const [i, { time }] of updates.slice(1).entries()) {
      assert.ok(time - updates[i].time >= 249, `${time - updates[i].time} ms between two updates`);
    }
    const batches = updates.map(({ bundle }) => bundle['text/plain'] as string);
    assert.ok(
      batches.some((text) => /epoch 1 of 2 · batch [23] of 4/.test(text)),
      batches.join(),
    );
  });

  it('updates the line too where epochs end faster than charts are drawn', async () => {
    await quietly(() => training(60, 10).mainLoop());
    const lines = shown().filter(({ display }) => display === 0);
    const within = lines.filter(({ bundle }) => /^epoch/.test(String(bundle['text/plain'])));
    // The first one was shown before training.
    assert.ok(within.length >= 3, `${within.length} lines`);
    assert.ok(charts(shown()).length >= 3);
  });

  it('never puts HTML beside a chart, which exported pages would prefer', async () => {
    await quietly(() => training(3, 0).mainLoop());
    assert.ok(charts(shown()).every(({ bundle }) => !('text/html' in bundle)));
  });

  it('keeps the monitor from printing what it draws', async () => {
    const lines = await logged(() => training(1, 0).mainLoop());
    assert.deepEqual(
      lines.filter(({ level }) => level === 'report'),
      [],
    );
  });

  it('does nothing where there is no notebook', async () => {
    setDisplayHost(undefined);
    const lines = await logged(() => training(1, 0).mainLoop());
    assert.equal(lines.filter(({ level }) => level === 'report').length > 0, true);
  });

  it('draws the state at which an interrupt stopped training, and goes on in new displays', async () => {
    const train = training(3, 5);
    const { algorithm } = train;
    (algorithm as TinyDescent).onBatch = (batches) => batches === 2 && interrupt();
    await quietly(() => train.mainLoop());
    const text = shown().findLast(({ display }) => display === 0)!.bundle['text/plain'] as string;
    assert.match(text, /^0 epochs · batch 2 of 4 of the next/);
    (algorithm as TinyDescent).onBatch = () => {};
    await quietly(() => train.mainLoop());
    assert.ok(shown().some(({ display }) => display > 1));
    assert.equal(lastX(charts(shown()).at(-1)!.bundle[VEGA_LITE]), 3);
  });

  it('stops all timers when training fails', async () => {
    const train = training(3, 0);
    (train.algorithm as TinyDescent).onBatch = () => assert.fail('broken');
    await assert.rejects(
      quietly(() => train.mainLoop()),
      /broken/,
    );
    const before = shown().length;
    await new Promise((resolve) => setTimeout(resolve, 400));
    assert.equal(shown().length, before);
  });

  it('says at once which channel there is not', async () => {
    const train = training(1, 0, { channels: ['objektive'] });
    await assert.rejects(
      quietly(() => train.mainLoop()),
      /LivePlot: no channel `objektive`. Did you mean `objective`\?/,
    );
  });

  it('marks where a channel is lowest when asked', async () => {
    await quietly(() => training(2, 0, { channels: ['w_sum'], best: 'w_sum' }).mainLoop());
    assert.match(charts(shown()).at(-1)!.bundle['text/plain'] as string, /w_sum: lowest \S+ at \d/);
  });

  it('draws after each so many epochs, and at the end', async () => {
    await quietly(() => training(7, 80, { every: 5, channels: ['w_sum'] }).mainLoop());
    const ends = charts(shown()).map(({ bundle }) => lastX(bundle[VEGA_LITE]));
    assert.deepEqual([ends[0], ends.at(-1)], [0, 7]);
    assert.ok(
      ends.slice(1, -1).every((x) => x! >= 5),
      ends.join(),
    );
  });
});

describe('train_extensions/live_plot/cost_budget', () => {
  let clock = 0;
  const now = () => clock;
  const costing = (milliseconds: number) => () => void (clock += milliseconds);

  it('allows another piece of work when its share of the time will hold it', () => {
    clock = 0;
    const budget = new CostBudget(0.01, 0, Infinity, now);
    budget.spend(costing(5));
    clock = 999;
    assert.equal(budget.allows(), false);
    clock = 1000;
    assert.equal(budget.allows(), true);
  });

  it('waits for what the first piece is guessed to take', () => {
    clock = 0;
    const budget = new CostBudget(0.5, 10, Infinity, now);
    assert.equal(budget.allows(), false);
    clock = 20;
    assert.equal(budget.allows(), true);
  });

  it('lets nobody wait longer than its patience, though the last piece took long', () => {
    clock = 0;
    const budget = new CostBudget(0.01, 0, 50, now);
    budget.spend(costing(100));
    clock = 149;
    assert.equal(budget.allows(), false);
    clock = 150;
    assert.equal(budget.allows(), true);
  });

  it('books work that fails', () => {
    clock = 0;
    const budget = new CostBudget(0.5, 0, Infinity, now);
    assert.throws(() => budget.spend(() => (costing(10)(), assert.fail('broken'))));
    assert.equal(budget.allows(), false);
  });
});

describe('train_extensions/live_plot/progress', () => {
  const state: ProgressState = {
    epochs: 3,
    batches: 1920,
    batchInEpoch: 120,
    batchesPerEpoch: 600,
    epochsLeft: 7,
    seconds: 64,
    epochsDone: 3,
    examplesDone: 192000,
    ended: false,
  };

  it('tells epoch, batch, speed, time and time left', () => {
    // 3.2 epochs took 64 s, 20 s each; 6.8 are left.
    assert.equal(
      progressText(state),
      'epoch 4 of 10 · batch 120 of 600 · 3,000 examples/s · 1:04 · about 2:16 left',
    );
  });

  it('tells how far monitoring is', () => {
    assert.equal(
      progressText({ ...state, batchInEpoch: 0, measured: 0.456 }),
      'after epoch 3 of 10 · monitoring 45 % · 3,000 examples/s · 1:04 · about 2:29 left',
    );
    const first = {
      ...state,
      epochs: 0,
      epochsLeft: 10,
      epochsDone: 0,
      examplesDone: 0,
      seconds: 2,
    };
    assert.match(
      progressText({ ...first, batchInEpoch: 0, measured: 0.5 }),
      /^before epoch 1 of 10 · monitoring 50 % · /,
    );
  });

  it('leaves out what nobody knows', () => {
    const unknown = { ...state, batchesPerEpoch: undefined, epochsLeft: undefined };
    assert.equal(progressText(unknown), 'epoch 4 · batch 120 · 3,000 examples/s · 1:04');
    assert.equal(secondsLeft({ ...state, epochsLeft: Infinity }), undefined);
    assert.equal(secondsLeft({ ...state, epochsDone: 0, batchInEpoch: 0 }), undefined);
  });

  it('tells in the end what was done', () => {
    const ended = { ...state, ended: true, batchInEpoch: 0, seconds: 3725 };
    assert.equal(progressText(ended), '3 epochs · 1,920 batches · 52 examples/s · 1:02:05');
    assert.ok(!(progressBundle(ended)['text/html'] as string).includes('<progress'));
  });

  it('fills the bar by all epochs, or by the running one when their number is not known', () => {
    const value = (change: Partial<ProgressState>) =>
      /value="([\d.]+)"/.exec(progressBundle({ ...state, ...change })['text/html'] as string)?.[1];
    assert.deepEqual([value({}), value({ epochsLeft: undefined })], ['0.3200', '0.2000']);
  });
});
