/**
 * @file The order of names that hold numbers: `layer2` before `layer10`. Port of
 * pylearn2/utils/string_utils.py (`number_aware_alphabetical_key`).
 */

function compareParts(a: string, b: string): number {
  const [left, right] = [Number(a), Number(b)];
  const [leftIsText, rightIsText] = [Number.isNaN(left), Number.isNaN(right)];
  if (leftIsText !== rightIsText) return leftIsText ? 1 : -1;
  if (!leftIsText) return left - right;
  return a < b ? -1 : Number(a > b);
}

/** To sort names with: runs of digits count as numbers and come before letters. */
export function compareNumberAware(a: string, b: string): number {
  const [left, right] = [a, b].map((name) => name.match(/\d+|\D+/g) ?? []);
  for (let i = 0; i < Math.min(left.length, right.length); i++) {
    const order = compareParts(left[i], right[i]);
    if (order !== 0) return order;
  }
  return left.length - right.length;
}
