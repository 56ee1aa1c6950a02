/**
 * @file What cells have shown, kept while the kernel lives: a page that was closed while a cell ran
 * has missed it, and `replay` shows it again.
 */
import type { Content } from './io';

/** Cells that are remembered, and characters of text of each. */
const [CELLS, CHARACTERS] = [30, 1_000_000];

/** Something shown: printed text, a display, a value, an error. */
export interface Shown {
  type: 'stream' | 'display_data' | 'error';
  content: Content;
}

/** What one cell has shown, as it looks now. */
export class Record {
  private shown: Shown[] = [];
  private characters = 0;
  private clearNext = false;

  get entries(): readonly Shown[] {
    return this.shown;
  }

  /** Notes a message that the cell publishes. */
  note(type: string, content: Content): void {
    if (type === 'clear_output') {
      this.clearNext = true;
      if (content.wait !== true) this.clear();
    } else if (type === 'update_display_data') {
      this.redraw(content);
    } else if (type === 'display_data' || type === 'error') {
      this.add({ type, content });
    } else if (type === 'execute_result') {
      const { data, metadata } = content;
      this.add({ type: 'display_data', content: { data, metadata } });
    }
  }

  /** Notes printed text. */
  print(name: string, text: string): void {
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

const records = new Map<number, Record>();

/** The record of a new cell; the oldest is forgotten. */
export function openRecord(count: number): Record {
  const record = new Record();
  records.delete(count);
  records.set(count, record);
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
