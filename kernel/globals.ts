/**
 * @file What the kernel itself puts in scope beside the library. Its exports are the names that
 * cells see, its comments what they see on hover.
 */
import { randomUUID } from 'node:crypto';
import { showIn, type Place } from './display';

/** How {@link display} is to draw. */
export interface DisplayOptions {
  /** Name of the place in the notebook; a fresh one by default. */
  id?: string;
  /** Draws anew in all places of that name instead of below the cell. */
  update?: boolean;
}

/** A place in the notebook that can be drawn anew. */
export interface DisplayedPlace {
  /** The place's name. */
  readonly id: string;
  /** Draws another value in the same place. */
  update(value: unknown): void;
}

/**
 * Shows a value below the cell, richly if it knows how to show itself.
 * @param value - Anything: a tensor, a model, a chart; text is shown for what has no picture.
 * @param options - A name for the place, or that of a place to draw anew.
 * @returns The place, for later updates.
 */
export function display(value: unknown, options: DisplayOptions = {}): DisplayedPlace {
  const id = options.id ?? randomUUID();
  const place: Place = showIn(id, value, options.update === true);
  return { id, update: (next) => place.update(next) };
}
