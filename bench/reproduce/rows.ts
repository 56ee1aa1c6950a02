/** @file What is to be said of each quantity: published, ours, and whether ours is as good. */
import type { Point, Quantity, Stage } from './experiment';
import { bestEpoch, type StageRun, valueAt } from './run';

/** A published number and ours. */
interface Pair extends Point {
  readonly ours: number;
  /** How far ours is out of what is allowed; 0 within. */
  readonly outside: number;
}

export interface Row {
  readonly experiment: string;
  readonly quantity: string;
  readonly epochs: string;
  readonly published: string;
  readonly ours: string;
  readonly allowed: string;
  readonly verdict: string;
  readonly missed: boolean;
  /** Of the file's whole run. */
  readonly seconds: number;
  readonly epochsRun: number;
}

function pairs(run: StageRun, { points }: Quantity): Pair[] {
  return points.flatMap((point) => {
    const ours = valueAt(run, point);
    if (ours === undefined) return [];
    return [{ ...point, ours, outside: Math.max(0, point.least - ours, ours - point.most) }];
  });
}

function range(point: Point, show: Quantity['show']): string {
  const { least, most, published } = point;
  const isSymmetric = Math.abs(most + least - 2 * published) < 1e-9;
  if (isSymmetric) return `± ${shortest(most - published, show)}`;
  return least > 0 ? `${show(least)} to ${show(most)}` : `at most ${show(most)}`;
}

/** A difference with as many digits as it needs, in the unit of `show`. */
function shortest(difference: number, show: Quantity['show']): string {
  if (show(1).endsWith('%')) return `${Number((100 * difference).toPrecision(2))} %`;
  return String(Number(difference.toPrecision(2)));
}

function verdict({ incomparable, show }: Quantity, found: readonly Pair[]): string {
  if (incomparable !== undefined) return `not comparable: ${incomparable}`;
  const missed = found.filter(({ outside }) => outside > 0);
  if (missed.length > 0) {
    const places = missed.map((p) => `by ${shortest(p.outside, show)} at epoch ${p.epoch}`);
    return `NOT within: ${places.join(', ')}`;
  }
  const differences = found.map(({ ours, published }) => ours - published);
  const largest = differences.reduce((a, b) => (Math.abs(b) > Math.abs(a) ? b : a));
  return `within; off by ${shortest(largest, show)}${found.length > 1 ? ' at most' : ''}`;
}

function list<T>(items: readonly T[], show: (item: T) => string): string {
  return items.map(show).join(', ');
}

function rowOf(stage: Stage, quantity: Quantity, run: StageRun): Row[] {
  const { name, show, incomparable } = quantity;
  const found = pairs(run, quantity);
  if (found.length === 0) return [];
  const epochName = ({ epoch }: Point) =>
    epoch === 'best' ? `best (${bestEpoch(run)})` : `${epoch}`;
  return [
    {
      experiment: stage.name,
      quantity: name,
      epochs: [...new Set(found.map(epochName))].join(', '),
      published: list(found, ({ published }) => show(published)),
      ours: list(found, ({ ours }) => show(ours)),
      allowed:
        incomparable === undefined ? [...new Set(found.map((p) => range(p, show)))].join(', ') : '',
      verdict: verdict(quantity, found),
      missed: incomparable === undefined && found.some(({ outside }) => outside > 0),
      seconds: run.seconds,
      epochsRun: run.records.length - 1,
    },
  ];
}

/** The rows of one file; none for what the run did not come to. */
export function rows(stage: Stage, run: StageRun): Row[] {
  return stage.quantities.flatMap((quantity) => rowOf(stage, quantity, run));
}
