/** @file A YAML text that knows its lines, for errors that show the place. */
import { YamlError, type Position } from './yaml_error';

/** Longest part of a line that an error shows. */
const WIDTH = 100;

/** A YAML text, where it came from, and the environment that its `${VAR}` are looked up in. */
export class Source {
  private readonly lines: string[];

  constructor(
    readonly text: string,
    readonly fileName?: string,
    readonly environ: Readonly<Record<string, string | undefined>> = {},
  ) {
    this.lines = text.split(/\r\n|\n|\r/);
  }

  /** Place of a character, counted from 0. */
  position(offset: number): Position {
    const before = this.text.slice(0, Math.max(0, offset)).split(/\r\n|\n|\r/);
    return {
      fileName: this.fileName,
      line: before.length,
      column: before[before.length - 1].length + 1,
    };
  }

  /** An error about `length` characters from `offset` on. */
  error(reason: string, offset: number, length = 1, options?: ErrorOptions): YamlError {
    const position = this.position(offset);
    return new YamlError(reason, position, this.snippet(position, length), options);
  }

  private snippet({ line, column }: Position, length: number): string {
    const whole = this.lines[line - 1].replace(/\t/g, ' ');
    const from = column > WIDTH - 20 ? column - 40 : 0;
    const shown = whole.slice(from, from + WIDTH).trimEnd();
    const room = Math.max(1, shown.length - (column - 1 - from));
    const caret = '^'.repeat(Math.max(1, Math.min(length, room)));
    const number = `  ${line} | `;
    const margin = `${' '.repeat(number.length - 2)}| `;
    return `${number}${shown}\n${margin}${' '.repeat(column - 1 - from)}${caret}`;
  }
}
