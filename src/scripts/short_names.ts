/**
 * @file Names that tell models apart in a legend, as pylearn2/scripts/plot_monitor.py has them:
 * the shortest part of a path that no other path has.
 */

/** Parts are at least this long, so that a person knows them again. */
const SHORTEST = 10;

function shortestOwnPart(name: string, others: readonly string[]): string {
  for (let length = Math.min(SHORTEST, name.length); length < name.length; length++) {
    for (let start = name.length - length; start >= 0; start--) {
      const part = name.slice(start, start + length);
      if (!others.some((other) => other.includes(part))) return part;
    }
  }
  return name;
}

/** For each name the shortest part of at least ten characters that none of the others has. */
export function shortNames(names: readonly string[]): string[] {
  return names.map((name, i) =>
    shortestOwnPart(
      name,
      names.filter((_, other) => other !== i),
    ),
  );
}
