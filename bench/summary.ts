/** @file All experiments in one table. */
import { allSides } from './contestant';
import { experiments } from './experiments';
import { showRatio, table } from './markdown';
import type { Result } from './section';
import type { Performance } from './sections/training';
import { type Ratio, ratioOf } from './statistics';

/** One side in one experiment: what its epochs are to ours. */
export interface Comparison {
  experiment: string;
  side: string;
  ratio: Ratio;
}

/** Everybody else beside us, in all experiments that were run. */
export function comparisons(results: Readonly<Record<string, Result>>): Comparison[] {
  return experiments.flatMap(({ name, title }) => {
    const [ours, ...others] = (results[name]?.measured ?? []) as Performance[];
    return others.map((other) => ({
      experiment: title,
      side: other.name,
      ratio: ratioOf(other.epochs, ours.epochs),
    }));
  });
}

/** The sides that took part, in their usual order. */
export function sidesIn(all: readonly Comparison[]): string[] {
  const names = allSides('').map(({ name }) => name);
  return names.filter((name) => all.some(({ side }) => side === name));
}

/** A row for each experiment; empty when none was run beside somebody else. */
export function summary(results: Readonly<Record<string, Result>>): string {
  const all = comparisons(results);
  if (all.length === 0) return '';
  const titles = [...new Set(all.map((one) => one.experiment))];
  const sides = sidesIn(all);
  const rows = titles.map((title) => [
    title,
    ...sides.map((side) => {
      const found = all.find((one) => one.experiment === title && one.side === side);
      return found ? showRatio(found.ratio) : '';
    }),
  ]);
  return table(['', ...sides], rows);
}
