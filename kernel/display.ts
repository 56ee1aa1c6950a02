/** @file Draws values below cells, and anew in the same place: for cells and for the library. */
import { randomUUID } from 'node:crypto';
import { setDisplayHost, type MimeBundle } from '../src/utils/display';
import { bundleOf } from './bundle';
import { currentCell, type Cell } from './cell';
import type { Library } from './library';
import { describeError } from './traceback';

/** One place in the notebook. */
export interface Place {
  update(value: unknown): void;
}

let library: Library | undefined;

function send(cell: Cell, data: MimeBundle, id: string, update: boolean): void {
  const type = update ? 'update_display_data' : 'display_data';
  cell.publish(type, { data, metadata: {}, transient: { display_id: id } });
}

function draw(cell: Cell, value: unknown, id: string, update: boolean): void {
  const bundle = bundleOf(value, library as Library);
  if (!(bundle instanceof Promise)) {
    send(cell, bundle, id, update);
    return;
  }
  const report = (error: unknown): void =>
    cell.stream('stderr', `${describeError(error).traceback.join('\n')}\n`);
  cell.awaits(bundle.then((data) => send(cell, data, id, update), report));
}

/**
 * Shows a value below the cell that runs now, or anew in all places named `id`.
 * @returns The place; it stays with that cell.
 */
export function showIn(id: string, value: unknown, update: boolean): Place {
  const cell = currentCell();
  if (cell !== undefined) draw(cell, value, id, update);
  return {
    update: (next) => {
      if (cell !== undefined) draw(cell, next, id, true);
    },
  };
}

/** Lets the library draw in the notebook. */
export function installDisplay(shown: Library): void {
  library = shown;
  setDisplayHost({
    show: (bundle) => {
      const cell = currentCell();
      const id = randomUUID();
      if (cell !== undefined) send(cell, bundle, id, false);
      return {
        update: (next) => {
          if (cell !== undefined) send(cell, next, id, true);
        },
      };
    },
  });
}
