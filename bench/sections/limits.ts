/** @file What the processor can do at most. */
import { Contestant, ownSide } from '../contestant';
import { short, table } from '../markdown';
import type { Context, Result, Section } from '../section';

async function run({ threads }: Context): Promise<Result> {
  const contestant = new Contestant(ownSide('limits'), threads);
  try {
    const { values } = await contestant.ask({ do: 'limits' });
    const { gflops, gigabytes } = values!;
    const text = table(
      ['', 'at most'],
      [
        ['matrix product, 2048 x 2048, GFLOP/s', short(gflops)],
        ['copy of 128 MiB, GB/s read and written', short(gigabytes)],
      ],
    );
    return { title: `The processor, ${threads} threads`, text, measured: values };
  } finally {
    await contestant.stop();
  }
}

export const limits: Section = { name: 'limits', run };
