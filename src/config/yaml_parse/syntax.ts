/**
 * @file From text to parser events, by js-yaml. Accepts what PyYAML accepts and js-yaml does not:
 * lines inside braces, brackets and quotes that are indented less than what is around them.
 */
import { parseEvents, YAMLException, type Event } from 'js-yaml';
import type { Source } from './source';
import { explainSyntax, lineStart } from './syntax_errors';

/** Events of a text whose lines may have been indented further, and the way back to the text. */
export interface Syntax {
  readonly events: readonly Event[];
  /** The text that the offsets of the events speak of. */
  readonly text: string;
  /** From an offset in that text to one in the source. */
  original(offset: number): number;
}

/** Spaces put in front of a line. */
interface Pad {
  at: number;
  width: number;
}

/** Deepest nesting of lists and maps. */
const DEPTH = 200;

/** @throws {@link YamlError} when the text is no YAML. */
export function parseSyntax(source: Source): Syntax {
  const pads: Pad[] = [];
  const width = deepestIndent(source.text) + 2;
  for (;;) {
    const text = padded(source.text, pads);
    const original = (offset: number) => unpadded(offset, pads);
    try {
      return { events: parseEvents(text, { maxDepth: DEPTH }), text, original };
    } catch (error) {
      if (!(error instanceof YAMLException) || error.mark === undefined) throw error;
      const offset = original(error.mark.position);
      const at = lineStart(source.text, offset);
      if (error.reason !== 'deficient indentation' || pads.some((pad) => pad.at === at)) {
        throw explainSyntax(error.reason, offset, source);
      }
      pads.push({ at, width });
      pads.sort((a, b) => a.at - b.at);
    }
  }
}

function deepestIndent(text: string): number {
  return text.split('\n').reduce((most, line) => Math.max(most, line.search(/[^ ]|$/)), 0);
}

function padded(text: string, pads: readonly Pad[]): string {
  let result = '';
  let from = 0;
  for (const { at, width } of pads) {
    result += text.slice(from, at) + ' '.repeat(width);
    from = at;
  }
  return result + text.slice(from);
}

function unpadded(offset: number, pads: readonly Pad[]): number {
  let shift = 0;
  for (const { at, width } of pads) {
    if (offset - shift < at) break;
    shift += Math.min(width, offset - shift - at);
  }
  return offset - shift;
}
