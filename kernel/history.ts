/** @file The cells of this session, as clients ask for them. */
import type { Content } from './io';

type Entry = [session: number, line: number, source: string];

/** Globs know `*`, `?` and sets such as `[abc]`. */
function globPattern(glob: string): RegExp {
  const source = glob.replace(/\[[^\]]+\]|[^]/g, (part) => {
    if (part === '*') return '[^]*';
    if (part === '?') return '[^]';
    return part.length > 1 ? part.replace(/\\/g, '\\\\') : part.replace(/[.+^${}()|[\]\\]/, '\\$&');
  });
  return new RegExp(`^${source}$`);
}

function number(value: unknown, otherwise: number): number {
  return typeof value === 'number' ? value : otherwise;
}

export class History {
  private readonly entries: Entry[] = [];

  add(line: number, source: string): void {
    this.entries.push([0, line, source]);
  }

  /** The content of a history_reply; outputs are not kept. */
  answer(request: Content): Content {
    const entries = this.select(request);
    if (request.output !== true) return { status: 'ok', history: entries };
    const history = entries.map(([session, line, source]) => [session, line, [source, null]]);
    return { status: 'ok', history };
  }

  private select(request: Content): Entry[] {
    if (request.hist_access_type === 'range') {
      // This session is the only one that is known.
      if (number(request.session, 0) !== 0) return [];
      const start = number(request.start, 0);
      const stop = number(request.stop, Infinity);
      return this.entries.filter(([, line]) => line >= start && line < stop);
    }
    const n = number(request.n, this.entries.length);
    if (request.hist_access_type !== 'search') return this.last(this.entries, n);
    const pattern = globPattern(String(request.pattern ?? '*'));
    const found = this.entries.filter(([, , source]) => pattern.test(source));
    return this.last(request.unique === true ? this.unique(found) : found, n);
  }

  private last(entries: Entry[], n: number): Entry[] {
    return n > 0 ? entries.slice(-n) : [];
  }

  private unique(entries: Entry[]): Entry[] {
    return [...new Map(entries.map((entry) => [entry[2], entry])).values()];
  }
}
