/**
 * @file What cells have shown, kept while the kernel lives: a page that was closed while a cell ran
 * has missed it. It is told when it is open again, and `replay` shows it in another cell.
 */
import type { Content } from './io';

/** Cells that are remembered, and characters of text of each. */
const [CELLS, CHARACTERS] = [30, 1_000_000];

/** Something shown: printed text, a display, a value, an error. */
export interface Shown {
  type: 'stream' | 'display_data' | 'execute_result' | 'error';
  content: Content;
}

/** Whose output a record is of. */
export interface Origin {
  /** The number in `In[3]`. */
  readonly count: number;
  /** The session of the page that ran it. */
  readonly session: string;
  /** The cell's name in the notebook; undefined when the page gives none. */
  readonly cell?: string;
}

/** What one cell has shown, as it looks now. */
export class Record implements Origin {
  readonly count: number;
  readonly session: string;
  readonly cell?: string;
  /** Whether the cell runs. */
  running = true;
  /** Grows with everything that is shown. */
  changes = 0;
  private shown: Shown[] = [];
  private characters = 0;
  private clearNext = false;

  constructor({ count, session, cell }: Origin) {
    this.count = count;
    this.session = session;
    this.cell = cell;
  }

  get entries(): readonly Shown[] {
    return this.shown;
  }

  /** Notes a message that the cell publishes. */
  note(type: string, content: Content): void {
    this.changes++;
    if (type === 'clear_output') {
      this.clearNext = true;
      if (content.wait !== true) this.clear();
    } else if (type === 'update_display_data') {
      this.redraw(content);
    } else if (type === 'display_data' || type === 'error') {
      this.add({ type, content });
    } else if (type === 'execute_result') {
      const { data, metadata } = content;
      this.add({ type, content: { data, metadata } });
    }
  }

  /** Notes printed text. */
  print(name: string, text: string): void {
    this.changes++;
    this.clear();
    const last = this.shown.at(-1);
    if (last?.type === 'stream' && last.content.name === name) last.content.text += text;
    else this.shown.push({ type: 'stream', content: { name, text } });
    this.characters += text.length;
    if (this.characters > CHARACTERS) this.forgetHalf();
  }

  private add(shown: Shown): void {
    this.clear();
    this.shown.push(shown);
  }

  private clear(): void {
    if (this.clearNext) this.shown = [];
    this.clearNext = false;
  }

  private redraw({ data, metadata, transient }: Content): void {
    const id = (transient as { display_id?: string }).display_id;
    for (const { content } of this.shown) {
      const place = content.transient as { display_id?: string } | undefined;
      if (place?.display_id === id) Object.assign(content, { data, metadata });
    }
  }

  /** The first half of all text goes. */
  private forgetHalf(): void {
    let left = this.characters / 2;
    this.characters -= left;
    for (const { content, type } of this.shown) {
      if (type !== 'stream') continue;
      const text = String(content.text);
      content.text = text.slice(Math.min(left, text.length));
      left -= Math.min(left, text.length);
    }
  }
}

/** The records of the latest cells, by their numbers. */
export const records: Map<number, Record> = new Map();

/** The record of a new cell; the oldest is forgotten. */
export function openRecord(origin: Origin): Record {
  const record = new Record(origin);
  records.delete(origin.count);
  records.set(origin.count, record);
  for (const oldest of records.keys()) {
    if (records.size <= CELLS) break;
    records.delete(oldest);
  }
  return record;
}

/**
 * What a cell has shown.
 * @param count - The number in `In[3]`; without it the last cell before `current` that has shown
 * anything.
 */
export function recordOf(count: number | undefined, current: number): Record | undefined {
  if (count !== undefined) return records.get(count);
  const earlier = [...records].filter(([number]) => number < current);
  return earlier.findLast(([, { entries }]) => entries.length > 0)?.[1];
}
