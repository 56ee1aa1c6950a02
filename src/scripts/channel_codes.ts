/**
 * @file Short codes by which a person chooses channels at a prompt. Port of the codes of
 * pylearn2/scripts/plot_monitor.py: A, B, ... Z, BA, BB, ..., ranges `F-G`, `<name>`.
 */
import type { XAxis } from '../plots';
import { NameError } from '../utils/errors';
import { didYouMean } from '../utils/match';

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';

/** 0 is A, 25 is Z, 26 is BA: a number to the base of 26 whose digits are letters. */
export function codeOf(index: number): string {
  const rest = Math.floor(index / LETTERS.length);
  return (rest > 0 ? codeOf(rest) : '') + LETTERS[index % LETTERS.length];
}

/** What somebody asks for at the prompt. */
export interface Choice {
  /** Names of channels, in their order. */
  channels: string[];
  x?: XAxis;
  /** `o`: smooth the curves. */
  smooth: boolean;
}

const AXES: Readonly<Record<string, XAxis>> = {
  e: 'epochs',
  b: 'batches',
  s: 'seconds',
  h: 'hours',
};

/**
 * Reads an answer such as `A, C-F, <test_objective>, e`.
 * @param names - The channels, in the order of their codes.
 * @throws {@link NameError} for what is none of them.
 */
export function readChoice(answer: string, names: readonly string[]): Choice {
  const parts = answer.split(',').map((part) => part.trim());
  const chosen = new Set<string>();
  const choice: Choice = { channels: [], smooth: false };
  for (const part of parts.filter((each) => each !== '')) {
    if (part in AXES) choice.x = AXES[part];
    else if (part === 'o') choice.smooth = true;
    else for (const name of channelsOf(part, names)) chosen.add(name);
  }
  return { ...choice, channels: names.filter((name) => chosen.has(name)) };
}

function channelsOf(part: string, names: readonly string[]): readonly string[] {
  const bracketed = /^<(.*)>$/.exec(part)?.[1];
  if (bracketed !== undefined) {
    if (names.includes(bracketed)) return [bracketed];
    throw new NameError(`no channel \`${bracketed}\`.${didYouMean(bracketed, names)}`);
  }
  const ends = part.split('-').map((code) => indexOf(code, names));
  const [first, last] = [ends[0], ends[ends.length - 1]];
  if (ends.length > 2 || last < first) throw new NameError(`\`${part}\` is no range of channels.`);
  return names.slice(first, last + 1);
}

function indexOf(code: string, names: readonly string[]): number {
  const index = names.findIndex((_, i) => codeOf(i) === code.trim());
  if (index >= 0) return index;
  throw new NameError(`\`${code.trim()}\` is not the code of a channel.`);
}
