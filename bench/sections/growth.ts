/** @file How the time of a step of mlp grows with the batch size and with the width. */
import type { Spec } from '../contestant';
import { Field } from '../field';
import { short, table } from '../markdown';
import { type Context, type Result, type Section, sidesFor, specFor } from '../section';
import { median } from '../statistics';

const names = ['compiled', 'eager', 'PyTorch', 'JAX'];
const settings: readonly Pick<Spec, 'batchSize' | 'width'>[] = [
  { batchSize: 10, width: 500 },
  { batchSize: 100, width: 500 },
  { batchSize: 1000, width: 500 },
  { batchSize: 100, width: 125 },
  { batchSize: 100, width: 2000 },
];

/** Milliseconds of a step by side. */
async function measure(context: Context, setting: Partial<Spec>): Promise<Record<string, number>> {
  const spec = specFor(context, 'mlp', { train: 10000, held: 1000, ...setting });
  const field = await new Field(context).start(sidesFor(context, 'mlp', names), spec);
  try {
    await field.each(() => ({ do: 'steps', count: 2 }));
    const taken = await field.rounds(context.rounds, () => ({ do: 'steps', count: 1 }));
    const steps = spec.train / spec.batchSize;
    return Object.fromEntries(
      [...taken].map(([name, answers]) => {
        return [name, (median(answers.map(({ seconds }) => seconds!)) / steps) * 1000];
      }),
    );
  } finally {
    await field.stop();
  }
}

async function run(context: Context): Promise<Result> {
  const measured = [];
  for (const setting of settings) {
    measured.push({ ...setting, milliseconds: await measure(context, setting) });
  }
  const sides = Object.keys(measured[0].milliseconds);
  const rows = measured.map(({ batchSize, width, milliseconds }) => [
    `${batchSize} examples, ${width} and ${2 * width} units`,
    ...sides.map((name) => short(milliseconds[name])),
  ]);
  return { title: 'mlp: ms of a step', text: table(['', ...sides], rows), measured };
}

export const growth: Section = { name: 'growth', run };
