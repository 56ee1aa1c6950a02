/** @file What an experiment is here: YAML files to run, and what was published of them, as data. */
import type { Train } from '../../src/train';

/** A number that was published, and which of ours are as good. */
export interface Point {
  /** Epochs seen, or the epoch of the lowest validation error of a run that came to its end. */
  readonly epoch: number | 'best';
  readonly channel: string;
  readonly published: number;
  readonly least: number;
  readonly most: number;
}

/** One row of the table: numbers of one kind. */
export interface Quantity {
  readonly name: string;
  readonly show: (value: number) => string;
  readonly points: readonly Point[];
}

/** One YAML file of an experiment; it finds what those before it saved. */
export interface Stage {
  readonly name: string;
  /** Name of the file in `notebooks/`. */
  readonly yaml: string;
  /** Epochs after which it is left, unless `--full`; without it the file says when to end. */
  readonly epochs?: number;
  /** Changes the text of the file. */
  readonly edit?: (yaml: string) => string;
  /** Changes what the text describes, before training. */
  readonly prepare?: (train: Train) => void;
  /** Makes the text draw its noise from another stream. */
  readonly withNoise?: (yaml: string, seed: number) => string;
  readonly quantities: readonly Quantity[];
}

export interface Experiment {
  readonly name: string;
  readonly stages: readonly Stage[];
  /** What readers of the table must know. */
  readonly note?: string;
}

/**
 * A published number, and how far from it ours may be.
 * @param expected - What ours should be, where that is not what was published.
 */
export function near(
  channel: string,
  epoch: Point['epoch'],
  published: number,
  within: number,
  expected = published,
): Point {
  return { channel, epoch, published, least: expected - within, most: expected + within };
}

export function percent(value: number): string {
  return `${(100 * value).toFixed(2)} %`;
}

export function decimals(count: number): (value: number) => string {
  return (value) => value.toFixed(count);
}

/** Replaces a part of an experiment's text. @throws Error when it is not there. */
export function replace(yaml: string, part: RegExp, by: string): string {
  if (!part.test(yaml)) throw new Error(`The experiment has no ${part} to change.`);
  return yaml.replace(part, by);
}
