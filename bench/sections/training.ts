/**
 * @file An experiment, everybody in turns: passes over the training set without monitoring (bare
 * steps), and whole epochs with it.
 */
import type { Answer, Side, Spec } from '../contestant';
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

/** A kind of turn, done by each side as often as fills its time. */
class Turns {
  readonly seconds = new Map<string, number[]>();
  private constructor(
    private readonly field: Field,
    private readonly what: 'steps' | 'epochs',
    private readonly counts: ReadonlyMap<string, number>,
  ) {}

  /** Everybody does it once, which tells how long it takes. */
  static async begin(field: Field, what: 'steps' | 'epochs'): Promise<Turns> {
    const once = await field.each(() => ({ do: what, count: 1 }));
    const often = ({ seconds }: Answer) => Math.max(1, Math.round(TURN / seconds!));
    return new Turns(field, what, new Map([...once].map(([name, one]) => [name, often(one)])));
  }

  async take(): Promise<void> {
    const count = (name: string) => this.counts.get(name)!;
    const answers = await this.field.each((name) => ({ do: this.what, count: count(name) }));
    for (const [name, { seconds }] of answers) {
      const former = this.seconds.get(name) ?? [];
      this.seconds.set(name, [...former, seconds! / count(name)]);
    }
  }
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
    const steps = await Turns.begin(field, 'steps');
    const epochs = await Turns.begin(field, 'epochs');
    for (let round = 0; round < rounds; round++) {
      await steps.take();
      await epochs.take();
      field.rotate();
    }
    const memory = await field.each(() => ({ do: 'memory' }));
    const batches = Math.ceil(spec.train / spec.batchSize);
    const present = sides.map(({ name }) => name).filter((name) => memory.has(name));
    return present.map((name) => ({
      name,
      steps: steps.seconds.get(name)!.map((seconds) => seconds / batches),
      epochs: epochs.seconds.get(name)!,
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
