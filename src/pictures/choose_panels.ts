/** @file Panels by name. */
import type { RidgePanel } from '../plots';
import { NameError } from '../utils/errors';
import { didYouMean } from '../utils/match';

function asPattern(wanted: string): RegExp {
  const escaped = wanted.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replace(/\*/g, '.*');
  return new RegExp(`^${escaped}$`);
}

/**
 * The panels that somebody asks for, in that order; all unless any are named.
 * @throws {@link NameError} for one that fits no panel.
 */
export function choosePanels(
  where: string,
  panels: readonly RidgePanel[],
  names: readonly string[] | null,
): RidgePanel[] {
  if (names === null) return [...panels];
  const known = panels.map(({ title }) => title);
  const chosen = names.flatMap((name) => {
    const found = panels.filter(({ title }) => asPattern(name).test(title));
    if (found.length > 0) return found;
    throw new NameError(`${where}: no \`${name}\`.${didYouMean(name, known)}`);
  });
  return [...new Set(chosen)];
}
