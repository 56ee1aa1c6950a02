/** @file What is to be said of each quantity: published, ours, and whether ours is as good. */
import type { Point, Quantity, Stage } from './experiment';
import { bestEpoch, type StageRun, valueAt } from './run';

export interface Row {
  readonly experiment: string;
  readonly quantity: string;
  readonly epochs: string;
  readonly published: string;
  readonly ours: string;
  readonly difference: string;
  readonly allowed: string;
  readonly verdict: string;
  readonly missed: boolean;
  /** Of the file's whole run. */
  readonly seconds: number;
  readonly epochsRun: number;
}

interface Pair extends Point {
  readonly ours: number;
}

function pairs(run: StageRun, { points }: Quantity): Pair[] {
  return points.flatMap((point) => {
    const ours = valueAt(run, point);
    return ours === undefined ? [] : [{ ...point, ours }];
  });
}

/** How far ours is out of what is allowed; 0 within. */
function outside({ ours, least, most }: Pair): number {
  return Math.max(0, least - ours, ours - most);
}

/** Two digits that count, in the unit of the quantity. */
function short(difference: number, { show }: Quantity): string {
  const unit = show(1).endsWith('%') ? 100 : 1;
  return Number((unit * difference).toPrecision(2)) + (unit === 100 ? ' %' : '');
}

function signed(difference: number, { show }: Quantity): string {
  const text = show(Math.abs(difference));
  if (Number.parseFloat(text) === 0) return text;
  return (difference < 0 ? '-' : '+') + text;
}

function allowed({ least, most, published }: Point, quantity: Quantity): string {
  const isAround = Math.abs(least + most - 2 * published) < 1e-9;
  if (isAround) return `± ${short(most - published, quantity)}`;
  const { show } = quantity;
  return least > 0 ? `${show(least)} to ${show(most)}` : `at most ${show(most)}`;
}

function verdict(found: readonly Pair[], quantity: Quantity): string {
  const missed = found.filter((pair) => outside(pair) > 0);
  if (missed.length === 0) return 'within';
  const places = missed.map((p) => `by ${short(outside(p), quantity)} at epoch ${p.epoch}`);
  return `NOT within: ${places.join(', ')}`;
}

/** Each thing once, in the order of the first. */
function list(texts: readonly string[], once = false): string {
  return (once ? [...new Set(texts)] : texts).join(', ');
}

function rowOf(stage: Stage, quantity: Quantity, run: StageRun): Row {
  const found = pairs(run, quantity);
  const { name, show } = quantity;
  return {
    experiment: stage.name,
    quantity: name,
    epochs: list(
      found.map(({ epoch }) => (epoch === 'best' ? `best (${bestEpoch(run)})` : `${epoch}`)),
      true,
    ),
    published: list(found.map(({ published }) => show(published))),
    ours: list(found.map(({ ours }) => show(ours))),
    difference: list(found.map(({ ours, published }) => signed(ours - published, quantity))),
    allowed: list(
      found.map((pair) => allowed(pair, quantity)),
      true,
    ),
    verdict: verdict(found, quantity),
    missed: found.some((pair) => outside(pair) > 0),
    seconds: run.seconds,
    epochsRun: run.records.length - 1,
  };
}

/** The rows of one file; none for what the run did not come to. */
export function rows(stage: Stage, run: StageRun): Row[] {
  return stage.quantities
    .filter((quantity) => pairs(run, quantity).length > 0)
    .map((quantity) => rowOf(stage, quantity, run));
}
