/** @file What load throws: one sentence, the place in the YAML, the line itself with a caret. */
import { types } from 'node:util';
import { show, Tslearn2Error } from '../../utils/errors';

/** Where in a YAML text something stands; lines and columns count from 1. */
export interface Position {
  /** The file, where the text came from one. */
  readonly fileName?: string;
  readonly line: number;
  readonly column: number;
}

/** Something is wrong with a YAML text or with what it asks for; `cause` has the original error. */
export class YamlError extends Tslearn2Error {
  readonly fileName: string | undefined;
  readonly line: number;
  readonly column: number;

  constructor(
    /** The message without its place. */
    readonly reason: string,
    position: Position,
    /** The line of the source, and under it a caret. */
    readonly snippet: string,
    options?: ErrorOptions,
  ) {
    const { fileName, line, column } = position;
    super(`${fileName ?? 'YAML'}, line ${line}, column ${column}: ${reason}\n${snippet}`, options);
    this.fileName = fileName;
    this.line = line;
    this.column = column;
  }
}

/** Kind and message of what was thrown; errors of a notebook's cells are of another Error class. */
export function told(thrown: unknown): { kind: string; message: string } {
  if (!types.isNativeError(thrown)) return { kind: 'Error', message: show(thrown) };
  return { kind: thrown.name, message: thrown.message };
}
