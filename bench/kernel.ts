/** @file The kernel beside plain tslab, taking turns. */
import { KernelClient } from '../test/support/kernel_client';
import { showRatio, table } from './markdown';
import type { Context, Result, Section } from './section';
import { median, ratioOf } from './statistics';

const CELLS = 30;
const tslab = [require.resolve('tslab/bin/tslab'), 'kernel', '--config-path'];

/** Milliseconds: start to first reply, to the first value, and of a cell when warm. */
async function measure(command?: readonly string[]): Promise<Record<string, number>> {
  const begin = performance.now();
  const kernel = await KernelClient.start({}, command);
  const reply = performance.now() - begin;
  await kernel.run('1 + 1');
  const value = performance.now() - begin;
  const cells: number[] = [];
  for (let i = 0; i < CELLS; i++) {
    const start = performance.now();
    await kernel.run('1 + 1');
    cells.push(performance.now() - start);
  }
  await kernel.stop();
  return { 'first reply': reply, 'first value': value, 'warm cell': median(cells) };
}

async function run({ rounds }: Context): Promise<Result> {
  const ours: Record<string, number>[] = [];
  const theirs: Record<string, number>[] = [];
  for (let round = 0; round < rounds; round++) {
    ours.push(await measure());
    theirs.push(await measure(tslab));
  }
  const rows = Object.keys(ours[0]).map((name) => {
    const [own, other] = [ours, theirs].map((all) => all.map((one) => one[name]));
    const medians = [own, other].map((times) => median(times).toFixed(1));
    return [name, ...medians, showRatio(ratioOf(own, other))];
  });
  const text = table(['median ms', 'tslearn2', 'tslab', 'tslearn2 / tslab'], rows);
  return { title: 'The kernel', text, measured: { ours, theirs } };
}

export const kernel: Section = { name: 'kernel', run };
