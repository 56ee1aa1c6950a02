/** @file From places in emitted JavaScript back to places in a cell, through a chain of maps. */
import { SourceMap, type SourceMapPayload } from 'node:module';

/** A place in a text; both numbers start at 1, as in stack traces. */
export interface Place {
  line: number;
  column: number;
}

/** tslab puts one line of its own before each source. */
const LINES_BEFORE = 1;

export class Mapping {
  private parsed: SourceMap[] | undefined;

  /** @param maps - Source maps as JSON, in the order in which the code was transformed. */
  constructor(private readonly maps: readonly string[]) {}

  /** Where in the source this came from; undefined for code that the compiler added. */
  source(place: Place): Place | undefined {
    let line = place.line - 1;
    let column = place.column - 1;
    for (const map of this.lastToFirst()) {
      const entry = map.findEntry(line, column);
      if (!('originalLine' in entry)) return undefined;
      ({ originalLine: line, originalColumn: column } = entry);
    }
    if (line < LINES_BEFORE) return undefined;
    return { line: line + 1 - LINES_BEFORE, column: column + 1 };
  }

  /** Parsed only when asked for: most cells never throw. */
  private lastToFirst(): SourceMap[] {
    this.parsed ??= this.maps
      .map((json) => new SourceMap(JSON.parse(json) as SourceMapPayload))
      .reverse();
    return this.parsed;
  }
}
