/**
 * @file The kernel beside plain tslab, taking turns: `npm run bench`. Prints medians and the ratio
 * of each pair of runs, since machines are noisy.
 */
import { KernelClient } from '../test/support/kernel_client';

const ROUNDS = 5;
const CELLS = 30;
const tslab = [require.resolve('tslab/bin/tslab'), 'kernel', '--config-path'];

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}

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

async function main(): Promise<void> {
  const pairs: [Record<string, number>, Record<string, number>][] = [];
  for (let round = 0; round < ROUNDS; round++) pairs.push([await measure(), await measure(tslab)]);
  console.log('median ms      tslearn2     tslab   ratio (least to most)');
  for (const name of Object.keys(pairs[0][0])) {
    const [ours, theirs] = [0, 1].map((i) => median(pairs.map((pair) => pair[i][name])));
    const ratios = pairs.map(([a, b]) => a[name] / b[name]);
    const [least, most] = [Math.min(...ratios), Math.max(...ratios)].map((r) => r.toFixed(2));
    const numbers = [ours, theirs].map((ms) => ms.toFixed(1).padStart(10)).join('');
    console.log(
      `${name.padEnd(12)}${numbers}   ${median(ratios).toFixed(2)} (${least} to ${most})`,
    );
  }
}

void main();
