/**
 * @file Which channels share a chart: those of equal name on different datasets. Channels carry
 * the dataset's name in front (`valid_y_misclass`), which is known by what comes with an objective.
 */
import { NameError } from '../utils/errors';
import { didYouMean } from '../utils/match';

/** A channel's name in its two parts. */
export interface ChannelName {
  readonly name: string;
  /** Name of the dataset; '' for a channel that names none. */
  readonly dataset: string;
  /** The rest: what is measured. */
  readonly quantity: string;
}

/** Channels that measure the same. */
export interface ChannelGroup {
  readonly quantity: string;
  readonly members: readonly ChannelName[];
}

/** Names that datasets usually have, in the order of their colours. */
const USUAL = ['train', 'valid', 'test'];

/** The names of the datasets that channels come from, in a fixed order. */
export function datasetNames(channels: readonly string[]): string[] {
  const measured = channels.flatMap((name) => /^(.+)_objective$/.exec(name)?.[1] ?? []);
  const usual = USUAL.filter((name) => channels.some((other) => other.startsWith(`${name}_`)));
  const own = measured.filter(
    (name) =>
      !usual.includes(name) &&
      ![...usual, ...measured].some((other) => name !== other && name.startsWith(`${other}_`)),
  );
  return [...usual, ...own];
}

/** Groups channels by what they measure, as they come; within a group datasets have a fixed order. */
export function groupChannels(channels: readonly string[]): ChannelGroup[] {
  const datasets = datasetNames(channels);
  const groups = new Map<string, ChannelName[]>();
  for (const name of channels) {
    const dataset = datasets.find((prefix) => name.startsWith(`${prefix}_`)) ?? '';
    const quantity = dataset === '' ? name : name.slice(dataset.length + 1);
    groups.set(quantity, [...(groups.get(quantity) ?? []), { name, dataset, quantity }]);
  }
  const place = ({ dataset }: ChannelName) => datasets.indexOf(dataset);
  return [...groups].map(([quantity, members]) => ({
    quantity,
    members: members.sort((a, b) => place(a) - place(b)),
  }));
}

/** What is worth a chart unless somebody asks for something else. */
const HEADLINES = [/^objective$/, /(^|_)misclass$/, /(^|_)nll$/];

/** The groups to show unasked: objectives, misclassification, likelihoods; else the first four. */
export function headlines(groups: readonly ChannelGroup[]): ChannelGroup[] {
  const chosen = HEADLINES.flatMap((pattern) => groups.filter((g) => pattern.test(g.quantity)));
  return chosen.length > 0 ? chosen : groups.slice(0, 4);
}

function asPattern(wanted: string): RegExp {
  const escaped = wanted.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replace(/\*/g, '.*');
  return new RegExp(`^${escaped}$`);
}

/**
 * The groups that somebody asks for, in that order.
 * @param wanted - Names of channels, of what they measure (`y_misclass` for all datasets), or
 * patterns with `*`.
 * @throws {@link NameError} for one that fits no channel.
 */
export function selectGroups(
  groups: readonly ChannelGroup[],
  wanted: readonly string[],
  where = 'plots.learningCurves',
): ChannelGroup[] {
  const names = new Set<ChannelName>();
  for (const each of wanted) {
    const pattern = asPattern(each);
    const found = groups.flatMap(({ members }) =>
      members.filter(({ name, quantity }) => pattern.test(name) || pattern.test(quantity)),
    );
    if (found.length === 0) throw noChannel(where, each, groups);
    for (const member of found) names.add(member);
  }
  const quantities = new Set([...names].map(({ quantity }) => quantity));
  return [...quantities].map((quantity) => ({
    quantity,
    members: [...names].filter((member) => member.quantity === quantity),
  }));
}

function noChannel(where: string, wanted: string, groups: readonly ChannelGroup[]): NameError {
  const known = groups.flatMap(({ quantity, members }) => [
    quantity,
    ...members.map(({ name }) => name),
  ]);
  return new NameError(`${where}: no channel \`${wanted}\`.${didYouMean(wanted, known)}`);
}
