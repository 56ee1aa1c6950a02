/**
 * @file What it costs that a notebook stays awake and draws: epochs of softmax regression, the
 * shortest there are, with and without. The differences are smaller than a machine is quiet, so the
 * time that training spends in letting others run is measured too.
 */
import { ownSide } from '../contestant';
import { Field } from '../field';
import { showRatio, table } from '../markdown';
import { type Context, type Result, type Section, specFor } from '../section';
import { median, ratioOf } from '../statistics';

const sides = [
  ownSide('neither', ['--breathless']),
  ownSide('interruptible', ['--timed']),
  ownSide('interruptible, live plots', ['--timed', '--live']),
];
const EPOCHS = 5;

async function run(context: Context): Promise<Result> {
  const field = await new Field(context).start(sides, specFor(context, 'softmax'));
  try {
    await field.each(() => ({ do: 'epochs', count: EPOCHS }));
    const taken = await field.rounds(3 * context.rounds, () => ({ do: 'epochs', count: EPOCHS }));
    const measured = [...taken].map(([name, answers]) => ({
      name,
      seconds: answers.map(({ seconds }) => seconds!),
      breathing: answers.map(({ seconds, breathing }) => breathing! / seconds!),
    }));
    const [{ seconds: plain }] = measured;
    const rows = measured.map(({ name, seconds, breathing }) => [
      name,
      showRatio(ratioOf(seconds, plain)),
      `${(100 * median(breathing)).toFixed(2)} %`,
    ]);
    const text = table(['', 'epoch / neither', 'share spent on it'], rows);
    return { title: 'Staying awake and drawing, softmax regression', text, measured };
  } finally {
    await field.stop();
  }
}

export const live: Section = { name: 'live', run };
