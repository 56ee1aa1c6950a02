/**
 * @file What the kernel itself puts in scope beside the library. Its exports are the names that
 * cells see, its comments what they see on hover.
 */
import { randomUUID } from 'node:crypto';
import { currentCell, type Cell } from './cell';
import { showIn, type Place } from './display';
import { recordOf } from './record';

export { html, md, svg } from './markup';
export { comms } from './comms';
/** Controls on the page that act on what runs: buttons, sliders, widgets of one's own. */
export * as widgets from './widgets';

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

function askingCell(): Cell {
  const cell = currentCell();
  if (cell === undefined) throw new Error('There is no cell that could ask.');
  return cell;
}

/**
 * Empties the output of the cell that runs now.
 * @param wait - Whether to leave everything as it is until the next output replaces it, which spares
 * the eye the flicker.
 */
export function clearOutput(wait = false): void {
  currentCell()?.publish('clear_output', { wait });
}

/**
 * Shows again what a cell has shown, in the end: `replay(3)` for In[3]. A page that was closed while
 * the cell ran has missed it; the kernel has not.
 * @param cell - Its number; the last cell that has shown anything by default.
 * @throws Error when nothing is known of that cell.
 */
export function replay(cell?: number): void {
  const here = askingCell();
  const record = recordOf(cell, here.options.count);
  if (record === undefined) throw new Error(`Nothing is known of ${cell ?? 'any cell'} any more.`);
  for (const { type, content } of record.entries) {
    if (type === 'stream') here.stream(content.name as 'stdout' | 'stderr', String(content.text));
    else if (type === 'error') here.stream('stderr', (content.traceback as string[]).join('\n'));
    else here.publish('display_data', content);
  }
}

/** How {@link prompt} asks. */
export interface PromptOptions {
  /** Shows dots instead of what is typed. */
  password?: boolean;
}

/**
 * Asks the person at the notebook for a line of text: `const name = await prompt('Name?')`.
 * @returns What was typed, once it is there.
 * @throws Error where nobody can answer, as in a notebook that runs headless.
 */
export function prompt(question = '', { password = false }: PromptOptions = {}): Promise<string> {
  return askingCell().ask(question, password);
}

/**
 * Asks the person at the notebook a question with two answers: `if (await confirm('Go on?')) ...`.
 * @returns Whether the answer was y or yes.
 * @throws Error where nobody can answer, as in a notebook that runs headless.
 */
export async function confirm(question = 'Go on?'): Promise<boolean> {
  const answer = await askingCell().ask(`${question} [y/N] `, false);
  return /^\s*y(es)?\s*$/i.test(answer);
}
