/** @file The kernel beside plain tslab and ipykernel, taking turns. */
import { short, showRatio, table } from '../markdown';
import type { Context, Result, Section } from '../section';
import { median, ratioOf } from '../statistics';
import { measure, type Measured, type Stop } from './measure';
import { kernelSides, LINES } from './sides';

/** One side with what was measured, round by round. */
interface Turns {
  name: string;
  rounds: Measured[];
}

function numbersOf({ rounds }: Turns, name: string): number[] {
  return rounds.flatMap(({ numbers }) => numbers[name] ?? []);
}

/** Median of a side and, behind it, what ours is to it. */
function cellFor(side: Turns, ours: Turns, name: string): string {
  const [their, own] = [numbersOf(side, name), numbersOf(ours, name)];
  if (their.length < side.rounds.length) return 'not all arrive';
  const middle = short(median(their));
  const comparable = side !== ours && own.length === their.length;
  return comparable ? `${middle}; ${showRatio(ratioOf(own, their))}` : middle;
}

function lines({ rounds }: Turns): string {
  return `${Math.min(...rounds.map((round) => round.lines))} of ${LINES}`;
}

function worst(stops: readonly Stop[]): string {
  const times = stops.flatMap(({ ms }) => ms ?? []);
  if (times.length < stops.length) return 'not stopped';
  const names = stops.every(({ namesKept }) => namesKept) ? 'names kept' : 'names lost';
  const loop = stops.every(({ loopStopped }) => loopStopped)
    ? 'loop stopped'
    : 'loop not seen to stop';
  return `${short(median(times))} ms, ${names}, ${loop}`;
}

function show(turns: readonly Turns[]): string {
  const [ours] = turns;
  const [{ numbers, stops }] = ours.rounds;
  const rows = [
    ...Object.keys(numbers).map((name) => [name, ...turns.map((one) => cellFor(one, ours, name))]),
    ['lines that arrive', ...turns.map(lines)],
    ...Object.keys(stops).map((name) => [
      `stop: ${name}`,
      ...turns.map(({ rounds }) => worst(rounds.map((round) => round.stops[name]))),
    ]),
  ];
  return table(['median; ours / theirs (least to most)', ...turns.map(({ name }) => name)], rows);
}

async function run({ rounds, python }: Context): Promise<Result> {
  const sides = kernelSides(python);
  const turns: Turns[] = sides.map(({ name }) => ({ name, rounds: [] }));
  for (let round = 0; round < rounds; round++) {
    for (const [i, side] of sides.entries()) turns[i].rounds.push(await measure(side));
  }
  const missing = sides.some(({ name }) => name === 'ipykernel')
    ? ''
    : '\n\nipykernel takes part with --python PATH, a Python that has it.';
  return { title: 'The kernel', text: show(turns) + missing, measured: turns };
}

export const kernel: Section = { name: 'kernel', run };
