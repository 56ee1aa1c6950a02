/** @file Whose records are drawn: those of one training, or of several over each other. */
import { NameError, StateError } from '../utils/errors';
import { didYouMean } from '../utils/match';
import type { ChannelRecords } from './records';

/** Channels by name. */
export type Channels = ReadonlyMap<string, ChannelRecords>;

/** Records of one training: a model that was trained, its monitor, or channels. */
export type Recorded =
  | Iterable<ChannelRecords>
  | { readonly channels: Channels }
  | { readonly monitor?: { readonly channels: Channels } };

/** One training. */
export interface Run {
  /** '' for the only one. */
  readonly label: string;
  readonly channels: Channels;
}

function channelsOf(where: string, given: Recorded, label: string): Channels {
  if (Symbol.iterator in given) return new Map([...given].map((each) => [each.name, each]));
  // A map of its own: a monitor's map takes a name that is not there for an error.
  if ('channels' in given) return new Map(given.channels);
  if (given.monitor) return new Map(given.monitor.channels);
  throw new StateError(`${where}: ${label === '' ? 'the model' : label} was not monitored.`);
}

/** One training, or several by the names that they get in the legend. */
export function runsOf(
  where: string,
  given: Recorded | Readonly<Record<string, Recorded>>,
): readonly Run[] {
  const several = Object.getPrototypeOf(given) === Object.prototype;
  const entries = several ? Object.entries(given as Record<string, Recorded>) : [['', given]];
  return (entries as [string, Recorded][]).map(([label, recorded]) => ({
    label,
    channels: channelsOf(where, recorded, label),
  }));
}

/** The best moment of a run. */
export interface Best {
  readonly run: Run;
  /** Place among the records of the channel. */
  readonly index: number;
  readonly value: number;
}

/**
 * When a channel was lowest, in each run that has it.
 * @throws {@link NameError} for a channel that no run has.
 */
export function bestOf(where: string, runs: readonly Run[], name: string): Best[] {
  const having = runs.filter(({ channels }) => channels.has(name));
  if (having.length === 0) {
    const known = runs.flatMap(({ channels }) => [...channels.keys()]);
    throw new NameError(`${where}: no channel \`${name}\`.${didYouMean(name, known)}`);
  }
  return having.flatMap((run) => {
    const record = run.channels.get(name)!.valRecord;
    const finite = [...record.keys()].filter((i) => Number.isFinite(record[i]));
    if (finite.length === 0) return [];
    const index = finite.reduce((best, i) => (record[i] < record[best] ? i : best));
    return [{ run, index, value: record[index] }];
  });
}
