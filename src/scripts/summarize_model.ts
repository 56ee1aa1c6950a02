/** @file Statistics of a saved model's parameters. Port of pylearn2/scripts/summarize_model.py. */
import { z } from 'zod';
import type { Model } from '../models';
import { showShape } from '../utils/errors';
import { Logger } from '../utils/log';
import type { NdArray } from '../utils/nd_array';
import { optionsOf, parseOptions } from '../utils/options';
import { float32Str, floatStr } from '../utils/python_format';
import type { ScriptCommand } from './command';
import { loadModel } from './load_model';

export interface SummarizeModelOptions {
  /** Path of a saved model. */
  path: string;
}

const WHERE = 'scripts.summarize_model';
const schema = optionsOf<SummarizeModelOptions>()({ path: z.string().min(1) });
const log = new Logger(WHERE);

function statistics(values: readonly number[]): string {
  const least = values.reduce((a, b) => Math.min(a, b), Infinity);
  const most = values.reduce((a, b) => Math.max(a, b), -Infinity);
  const mean = values.reduce((a, b) => a + b, 0) / values.length;
  return `(${[least, mean, most].map(float32Str).join(', ')})`;
}

/** Norms of the rows, and of the columns, of a matrix. */
function norms({ data, shape: [rows, columns] }: NdArray): [number[], number[]] {
  const squares: [number[], number[]] = [Array(rows).fill(0), Array(columns).fill(0)];
  (data as Float32Array).forEach((value, i) => {
    squares[0][Math.floor(i / columns)] += value * value;
    squares[1][i % columns] += value * value;
  });
  return squares.map((sums) => sums.map(Math.sqrt)) as [number[], number[]];
}

function parameterLines(name: string, array: NdArray): string[] {
  const values = Array.from(array.data as Float32Array);
  const lines = [`${name}: ${statistics(values)} ${showShape(array.shape)}`];
  const signs = new Set(values.map(Math.sign));
  if (signs.has(-1) && signs.has(1))
    lines.push(`abs(${name}): ${statistics(values.map(Math.abs))}`);
  if (array.shape.length !== 2) return lines;
  const [rows, columns] = norms(array);
  return [
    ...lines,
    `${name} row norms: ${statistics(rows)}`,
    `${name} col norms: ${statistics(columns)}`,
  ];
}

function trainingLines({ monitor }: Model): string[] {
  if (monitor === undefined) return [];
  const last = [...monitor.channels.values()].map(({ timeRecord }) => timeRecord.at(-1) ?? 0);
  const hours = last.reduce((a, b) => Math.max(a, b), 0) / 3600;
  return [
    `trained on ${monitor.getExamplesSeen()} examples`,
    `which corresponds to ${monitor.getBatchesSeen()} batches`,
    `Trained for ${floatStr(hours)} hours`,
    `${monitor.getEpochsSeen()} epochs`,
    monitor.trainingSucceeded
      ? 'Training succeeded'
      : 'Training was not yet completed at the time of this save.',
  ];
}

/** Prints least, mean and largest values of each parameter, and how long the model was trained. */
export function summarizeModel(options: SummarizeModelOptions): void {
  const { path } = parseOptions(schema, options, WHERE);
  const model = loadModel(path, WHERE);
  for (const param of model.getParams()) {
    for (const line of parameterLines(param.name || '<anon>', param.getValue())) log.info(line);
  }
  for (const line of trainingLines(model)) log.info(line);
  model.dispose();
}

/** `tslearn2 summarize-model model.pkl`. */
export const command: ScriptCommand = {
  name: 'summarize-model',
  aliases: ['summarize_model'],
  summary: "print statistics of a saved model's parameters",
  configure(program): void {
    program
      .argument('<path>', 'path of a saved model')
      .action((path: string) => summarizeModel({ path }));
  },
};
