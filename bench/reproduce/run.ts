/** @file Runs experiments by the library's own main loop, each in a folder that is gone afterwards. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { getMonitor, load } from '../../src';
import { loadDigits } from '../../src/datasets/mnist/load';
import type { EpochReport, Train } from '../../src/train';
import { setLogSink } from '../../src/utils/log';
import type { Experiment, Point, Stage } from './experiment';

const files = resolve(__dirname, '../../notebooks');

export interface RunOptions {
  /** Runs every file to its end. */
  full: boolean;
  /** Seed of another stream of noise than the files'. */
  seed?: number;
  say: (text: string) => void;
}

/** What came of one file. */
export interface StageRun {
  /** Values of the channels, by epochs seen. */
  readonly records: readonly EpochReport['values'][];
  /** Whether the file, not we, ended it. */
  readonly ended: boolean;
  readonly seconds: number;
}

/** @throws Error when the digits are stand-ins. */
export function expectRealDigits(): void {
  const notice = loadDigits('train').notice ?? loadDigits('test').notice;
  if (notice) throw new Error(`Published numbers are of the real MNIST. ${notice}`);
}

function build(stage: Stage, seed: number | undefined): Train {
  const path = join(files, stage.yaml);
  const text = readFileSync(path, 'utf8');
  const edited = stage.edit?.(text) ?? text;
  const noisy = seed === undefined ? edited : (stage.withNoise?.(edited, seed) ?? edited);
  const train = load<Train>(noisy, { fileName: path });
  stage.prepare?.(train);
  return train;
}

function progress(stage: Stage, { epochs, values }: EpochReport): string {
  const later = stage.quantities.flatMap(({ points }) => points).filter(({ epoch }) => epoch !== 0);
  const channels = new Set(later.map(({ channel }) => channel));
  const shown = [...channels].map((name) => `${name} ${values[name].toPrecision(6)}`);
  return `${stage.name}, epoch ${epochs}: ${shown.join(', ')}`;
}

function free({ algorithm, dataset, model }: Train): void {
  const datasets = new Set([dataset, ...getMonitor(model).datasets]);
  for (const part of [algorithm, model, ...datasets]) part.dispose();
}

async function runStage(stage: Stage, { full, seed, say }: RunOptions): Promise<StageRun> {
  const train = build(stage, seed);
  const last = full ? Infinity : (stage.epochs ?? Infinity);
  const records: EpochReport['values'][] = [];
  let ended = true;
  const start = performance.now();
  for await (const report of train.epochs()) {
    records.push(report.values);
    say(progress(stage, report));
    ended = report.epochs < last;
    if (!ended) break;
  }
  const seconds = (performance.now() - start) / 1000;
  free(train);
  return { records, ended, seconds };
}

/** Runs the files of an experiment one after the other. */
export async function runExperiment(
  { stages }: Experiment,
  options: RunOptions,
): Promise<StageRun[]> {
  const home = process.cwd();
  const folder = mkdtempSync(join(tmpdir(), 'tslearn2-reproduce-'));
  const former = setLogSink(() => {});
  try {
    process.chdir(folder);
    const runs: StageRun[] = [];
    for (const stage of stages) runs.push(await runStage(stage, options));
    return runs;
  } finally {
    setLogSink(former);
    process.chdir(home);
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Epochs seen at the lowest validation error. */
export function bestEpoch({ records }: StageRun): number {
  const errors = records.map((values) => values.valid_y_misclass);
  return errors.indexOf(Math.min(...errors));
}

/** Our number for a published one; undefined when the run did not come so far. */
export function valueAt(run: StageRun, { epoch, channel }: Point): number | undefined {
  if (epoch !== 'best') return run.records[epoch]?.[channel];
  return run.ended ? run.records[bestEpoch(run)][channel] : undefined;
}
