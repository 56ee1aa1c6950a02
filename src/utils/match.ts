/**
 * @file Nearest names, for error messages. Port of the scoring of pylearn2/utils/string_utils.py
 * (`match`): letters and pairs of letters that two names share, with a bonus for equal ends.
 * Differs: the share is a cosine, since to divide by both lengths lets names of one letter win;
 * what one slip of the keyboard leads to comes before everything else.
 */

type Grams = ReadonlyMap<string, number>;

function countGrams(word: string): Grams {
  const counts = new Map<string, number>();
  for (let i = 0; i < word.length; i++) {
    for (const gram of [word[i], word.slice(i, i + 2)]) {
      counts.set(gram, (counts.get(gram) ?? 0) + 1);
    }
  }
  return counts;
}

function dot(left: Grams, right: Grams): number {
  let sum = 0;
  for (const [gram, count] of left) sum += count * (right.get(gram) ?? 0);
  return sum;
}

/** Whether a letter was left out, added or mistaken, or two were swapped. */
function isSlip(a: string, b: string): boolean {
  const shorter = Math.min(a.length, b.length);
  let start = 0;
  while (start < shorter && a[start] === b[start]) start++;
  let end = 0;
  while (end < shorter - start && a.at(-1 - end) === b.at(-1 - end)) end++;
  const [left, right] = [a, b].map((word) => word.slice(start, word.length - end));
  if (left.length === 2 && right.length === 2) return left === right[1] + right[0];
  return left.length < 2 && right.length < 2;
}

/** More than names that merely resemble each other get. */
const SLIP = 2;

function score(wrong: string, candidate: string): number {
  const [a, b] = [wrong.toLowerCase(), candidate.toLowerCase()];
  if (a.length === 0 || b.length === 0) return 0;
  const [left, right] = [countGrams(a), countGrams(b)];
  const share = dot(left, right) / Math.sqrt(dot(left, left) * dot(right, right));
  const ends = (a[0] === b[0] ? 0.1 : 0) + (a.at(-1) === b.at(-1) ? 0.1 : 0);
  return share + ends + (isSlip(a, b) ? SLIP : 0);
}

/** The candidate that most resembles `wrong`; ties go to the first in alphabetical order. */
export function nearest(wrong: string, candidates: Iterable<string>): string | undefined {
  let best: string | undefined;
  let bestScore = -1;
  for (const candidate of [...candidates].sort()) {
    const value = score(wrong, candidate);
    if (value > bestScore) [best, bestScore] = [candidate, value];
  }
  return best;
}

/** ` Did you mean \`x\`?`, or nothing when there is no candidate; to end an error message with. */
export function didYouMean(wrong: string, candidates: Iterable<string>): string {
  const name = nearest(wrong, candidates);
  return name === undefined ? '' : ` Did you mean \`${name}\`?`;
}
