/**
 * @file What a page has missed: cells that another page ran, as when a tab was closed during
 * training and opened again. JupyterLab's side of it is lab/static/remote.js.
 */
import type { Content, Io } from './io';
import type { KernelMessage } from './message';
import { type Record, records, type Shown } from './record';

/** The name by which the page asks. */
export const MISSED = 'tslearn2.missed';
/** Milliseconds between two updates. */
const GAP = 500;

/** An output as notebook files have it. */
function outputOf({ type: output_type, content }: Shown, execution_count: number): Content {
  const kept = Object.entries(content).filter(([key]) => key !== 'transient');
  return {
    output_type,
    ...Object.fromEntries(kept),
    ...(output_type === 'execute_result' && { execution_count }),
  };
}

/** A cell as the page is to show it. */
function cellOf({ cell, count, running, entries }: Record): Content {
  return { cell, count, running, outputs: entries.map((shown) => outputOf(shown, count)) };
}

/**
 * Tells the page that opened a comm what cells of other pages have shown, and goes on as long as
 * one of them runs.
 * @param busy - Whether a cell runs or waits to be run.
 */
export function tellMissed({ header, content }: KernelMessage, io: Io, busy: () => boolean): void {
  const { comm_id } = content;
  const sent = new Map<Record, string>();
  const send = (type: string, data: Content): void =>
    io.publish({ type, parent: header, content: { comm_id, data } });
  const isNews = (record: Record): boolean => {
    const state = `${record.changes} ${record.running}`;
    if (sent.get(record) === state) return false;
    sent.set(record, state);
    return true;
  };
  const tell = (): void => {
    const last = !busy();
    const missed = [...records.values()].filter(
      ({ cell, session }) => cell !== undefined && session !== header.session,
    );
    const cells = missed.filter(isNews).map(cellOf);
    if (cells.length > 0) send('comm_msg', { cells });
    if (last) send('comm_close', {});
    else setTimeout(tell, GAP).unref();
  };
  tell();
}
