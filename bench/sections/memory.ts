/** @file Memory over many epochs of softmax regression on few examples. */
import { Contestant, ownSide } from '../contestant';
import { table } from '../markdown';
import { type Context, type Result, type Section, specFor } from '../section';

const LOOKS = 10;

async function run(context: Context): Promise<Result> {
  const spec = { ...specFor(context, 'softmax'), train: 1000, held: 500 };
  const between = context.quick ? 10 : 100;
  const contestant = new Contestant(ownSide('memory'), context.threads);
  try {
    await contestant.ask({ do: 'setup', spec });
    const measured = [];
    for (let look = 1; look <= LOOKS; look++) {
      await contestant.ask({ do: 'epochs', count: between });
      const { resident, tensors } = await contestant.ask({ do: 'memory' });
      measured.push({ epochs: look * between, resident: resident!, tensors: tensors! });
    }
    const rows = measured.map(({ epochs, resident, tensors }) => [
      String(epochs),
      resident.toFixed(0),
      String(tensors),
    ]);
    const text = table(['epochs', 'MB', 'tensors'], rows);
    return { title: 'Memory, softmax regression on 1,000 examples', text, measured };
  } finally {
    await contestant.stop();
  }
}

export const memory: Section = { name: 'memory', run };
