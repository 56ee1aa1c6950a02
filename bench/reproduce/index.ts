/**
 * @file `npm run reproduce`: runs experiments whose results Pylearn2 published, on the real MNIST,
 * and compares. Ends with status 1 when a number is not what it should be.
 */
import { writeFileSync } from 'node:fs';
import { Argument, Command, InvalidArgumentError } from 'commander';
import type { Experiment } from './experiment';
import { experiments } from './experiments';
import { machine } from './machine';
import { isNoisy, type Spread, spreads } from './noise';
import { type Row, rows } from './rows';
import { expectRealDigits, runExperiment, type RunOptions, type StageRun } from './run';
import { resultTable, spreadTable } from './table';

/** Seed of the noise that a corruptor draws when its file gives none. */
const DEFAULT_SEED = 2001;

interface Options {
  full?: boolean;
  seeds: number;
  out?: string;
}

function count(text: string): number {
  const value = Number(text);
  if (Number.isInteger(value) && value > 0) return value;
  throw new InvalidArgumentError('Expected a positive integer.');
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

/** The file's own stream first, then others. */
async function runStreams(
  experiment: Experiment,
  seeds: number,
  options: RunOptions,
): Promise<StageRun[][]> {
  const runs = [await runExperiment(experiment, options)];
  if (!isNoisy(experiment)) return runs;
  for (let i = 1; i < seeds; i++) {
    say(`${experiment.name}: noise ${i + 1} of ${seeds}`);
    runs.push(await runExperiment(experiment, { ...options, seed: DEFAULT_SEED + i }));
  }
  return runs;
}

async function main(names: string[], { full = false, seeds, out }: Options): Promise<void> {
  expectRealDigits();
  const wanted = experiments.filter(({ name }) => names.length === 0 || names.includes(name));
  const results: Row[] = [];
  const varied: Spread[] = [];
  for (const experiment of wanted) {
    const runs = await runStreams(experiment, seeds, { full, say });
    results.push(...experiment.stages.flatMap((stage, i) => rows(stage, runs[0][i])));
    if (runs.length > 1) varied.push(...spreads(experiment, runs));
  }
  say(`\n${resultTable(results, machine())}`);
  for (const { note } of wanted) if (note) say(`\n${note}`);
  if (varied.length > 0) say(`\nOver ${seeds} streams of noise:\n\n${spreadTable(varied)}`);
  if (out)
    writeFileSync(out, `${JSON.stringify({ machine: machine(), results, varied }, null, 1)}\n`);
  if (results.some(({ missed }) => missed)) process.exitCode = 1;
}

const names = experiments.map(({ name }) => name);
const command = new Command('reproduce')
  .description('Runs experiments whose results Pylearn2 published, and compares.')
  .addArgument(new Argument('[experiments...]', 'all unless given').choices(names))
  .option('--full', 'runs each to its end, not its first epochs only')
  .option('--seeds <n>', 'streams of noise that the autoencoders are run with', count, 1)
  .option('--out <file>', 'writes the results as JSON')
  .action(main);

command.parseAsync().catch((error: Error) => {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
});
