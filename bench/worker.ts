/**
 * @file Our side of a comparison: trains an experiment of experiments/ as a user's YAML would, in a
 * process of its own. Requests are lines of JSON on standard input, answers on descriptor 3. With
 * `--live` it draws, for a notebook that does not look.
 */
import { takeBreathing } from './breathing';
import { readFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { load, tf, type Train } from '../src';
import type { EpochReport, StopReason } from '../src/train';
import { setDisplayHost } from '../src/utils/display';
import { setLogSink } from '../src/utils/log';
import type { Answer, Request, Spec } from './contestant';
import { limits } from './limits';

const MEGA = 2 ** 20;

setLogSink(() => {});
if (process.argv.includes('--live')) {
  const handle = { update: (bundle: unknown) => void JSON.stringify(bundle) };
  setDisplayHost({ show: (bundle) => (handle.update(bundle), handle) });
}

let train: Train;
let epochs: AsyncGenerator<EpochReport, StopReason>;

function build({ name, train: examples, held, batchSize, width }: Spec): Train {
  const yaml = readFileSync(join(__dirname, 'experiments', `${name}.yaml`), 'utf8');
  const stops = { train_stop: examples, valid_stop: 50000 + held, test_stop: held };
  const values = { ...stops, batch_size: batchSize, width, double_width: 2 * width };
  return load<Train>(yaml, { values });
}

/** Trains an epoch and monitors; at first only monitors. */
async function epoch(): Promise<Answer['values']> {
  const { value } = await epochs.next();
  return (value as EpochReport).values;
}

async function timed<T>(count: number, action: () => Promise<T>): Promise<Answer & { last?: T }> {
  takeBreathing();
  const start = performance.now();
  let last: T | undefined;
  for (let i = 0; i < count; i++) last = await action();
  return { seconds: (performance.now() - start) / 1000, breathing: takeBreathing(), last };
}

async function timedEpochs(count: number): Promise<Answer> {
  const { last, ...answer } = await timed(count, epoch);
  return { ...answer, values: last };
}

function memory(): Answer {
  globalThis.gc?.();
  const resident = process.memoryUsage.rss() / MEGA;
  const peak = process.resourceUsage().maxRSS / 1024;
  return { resident, peak, tensors: tf.memory().numTensors };
}

async function answer(request: Request): Promise<Answer> {
  switch (request.do) {
    case 'setup':
      train = build(request.spec);
      epochs = train.epochs();
      return timedEpochs(1);
    case 'epochs':
      return timedEpochs(request.count);
    case 'steps':
      return timed(request.count, () => train.algorithm.train(train.dataset));
    case 'memory':
      return memory();
    case 'limits':
      return { values: limits(tf) };
  }
}

async function main(): Promise<void> {
  for await (const line of createInterface({ input: process.stdin })) {
    writeSync(3, `${JSON.stringify(await answer(JSON.parse(line) as Request))}\n`);
  }
  process.exit();
}

void main();
