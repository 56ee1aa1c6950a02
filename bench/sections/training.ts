/**
 * @file An experiment, everybody in turns: passes over the training set without monitoring (bare
 * steps), and whole epochs with it.
 */
import type { Answer, Request, Side, Spec } from '../contestant';
import type { Experiment } from '../experiments';
import { Field, type FieldOptions } from '../field';
import { short, showRatio, table } from '../markdown';
import { type Context, type Result, type Section, sidesFor, specFor } from '../section';
import { median, ratioOf } from '../statistics';

/** How one contestant did. */
export interface Performance {
  name: string;
  /** Seconds of a step, by round. */
  steps: number[];
  /** Seconds of an epoch, by round. */
  epochs: number[];
  /** Megabytes: now, and at the most. */
  resident: number;
  peak: number;
  /** After the first epoch, on the training set if it is monitored: all train the same. */
  objective: number;
}

/** Seconds that a turn lasts, unless one pass takes longer. */
const TURN = 0.3;

/** How often to do what took so long once. */
function repeats(once: ReadonlyMap<string, Answer>): (name: string) => number {
  return (name) => Math.max(1, Math.round(TURN / (once.get(name)?.seconds ?? TURN)));
}

/** Seconds by round; a run before the first round tells how long one takes. */
async function inTurns(
  field: Field,
  what: 'steps' | 'epochs',
  rounds: number,
): Promise<Map<string, number[]>> {
  const once: Request = { do: what, count: 1 };
  const count = repeats(await field.each(() => once));
  const taken = await field.rounds(rounds, (name) => ({ do: what, count: count(name) }));
  const seconds = (name: string) => taken.get(name)!.map((one) => one.seconds! / count(name));
  return new Map([...taken.keys()].map((name) => [name, seconds(name)]));
}

function objectiveIn(values: Record<string, number>): number {
  const channels = ['train_objective', 'valid_objective', 'objective'];
  return values[channels.find((name) => name in values)!];
}

async function compare(
  sides: readonly Side[],
  spec: Spec,
  rounds: number,
  options: FieldOptions,
): Promise<Performance[]> {
  const field = await new Field(options).start(sides, spec);
  try {
    const first = await field.each(() => ({ do: 'epochs', count: 1 }));
    const steps = await inTurns(field, 'steps', rounds);
    const epochs = await inTurns(field, 'epochs', rounds);
    const memory = await field.each(() => ({ do: 'memory' }));
    const batches = Math.ceil(spec.train / spec.batchSize);
    const present = sides.map(({ name }) => name).filter((name) => memory.has(name));
    return present.map((name) => ({
      name,
      steps: steps.get(name)!.map((seconds) => seconds / batches),
      epochs: epochs.get(name)!,
      resident: memory.get(name)!.resident!,
      peak: memory.get(name)!.peak!,
      objective: objectiveIn(first.get(name)!.values!),
    }));
  } finally {
    await field.stop();
  }
}

const head = [
  '',
  'step, ms (least)',
  'step / ours',
  'epoch, s (least)',
  'epoch / ours',
  'MB (most)',
  'objective after an epoch',
];

/** The median, and the least: what the machine does when nothing disturbs it. */
function showLeast(seconds: readonly number[], unit = 1): string {
  return `${short(median(seconds) * unit)} (${short(Math.min(...seconds) * unit)})`;
}

function rowsOf(performances: readonly Performance[]): string[][] {
  const [ours] = performances;
  return performances.map(({ name, steps, epochs, resident, peak, objective }) => [
    name,
    showLeast(steps, 1000),
    showRatio(ratioOf(steps, ours.steps)),
    showLeast(epochs),
    showRatio(ratioOf(epochs, ours.epochs)),
    `${resident.toFixed(0)} (${peak.toFixed(0)})`,
    objective.toPrecision(4),
  ]);
}

/** The section of an experiment. */
export function trainingSection({ name, title }: Experiment): Section {
  const run = async (context: Context): Promise<Result> => {
    const spec = specFor(context, name);
    const measured = await compare(sidesFor(context, name), spec, context.rounds, context);
    const sizes = `${spec.train} examples, batches of ${spec.batchSize}`;
    return { title: `${title}: ${sizes}`, text: table(head, rowsOf(measured)), measured };
  };
  return { name, run };
}
