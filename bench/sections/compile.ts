/**
 * @file What the first calls cost: the first monitoring and the first epoch on a few examples, less
 * what the same takes later. Each side in a new process.
 */
import { Field } from '../field';
import { experiments } from '../experiments';
import { short, table } from '../markdown';
import { type Context, type Result, type Section, sidesFor, specFor } from '../section';
import { median } from '../statistics';

const FEW = { train: 1000, held: 500 };
const LATER = 5;

/** Seconds by side. */
async function measure(context: Context, experiment: string): Promise<Map<string, number>> {
  const spec = { ...specFor(context, experiment), ...FEW };
  const field = await new Field(context).start(sidesFor(context, experiment), spec);
  try {
    const first = await field.each(() => ({ do: 'epochs', count: 1 }));
    const epochs = await field.rounds(LATER, () => ({ do: 'epochs', count: 1 }));
    const steps = await field.rounds(LATER, () => ({ do: 'steps', count: 1 }));
    const later = (taken: typeof epochs, name: string) =>
      median(taken.get(name)!.map(({ seconds }) => seconds!));
    return new Map(
      [...first.keys()]
        .filter((name) => steps.has(name))
        .map((name) => {
          const atFirst = field.first.get(name)!.seconds! + first.get(name)!.seconds!;
          // An epoch is steps and a monitoring; at first there was one monitoring more.
          return [name, atFirst - (2 * later(epochs, name) - later(steps, name))];
        }),
    );
  } finally {
    await field.stop();
  }
}

async function run(context: Context): Promise<Result> {
  const measured: Record<string, Record<string, number>> = {};
  for (const { name } of experiments) {
    measured[name] = Object.fromEntries(await measure(context, name));
  }
  const names = [...new Set(Object.values(measured).flatMap((one) => Object.keys(one)))];
  const rows = names.map((name) => [
    name,
    ...experiments.map((one) => {
      const seconds = measured[one.name][name];
      return seconds === undefined ? '' : short(seconds);
    }),
  ]);
  const text = table(['seconds', ...experiments.map(({ title }) => title)], rows);
  return { title: 'First calls: setting up, tracing, compiling, warming up', text, measured };
}

export const compile: Section = { name: 'compile', run };
