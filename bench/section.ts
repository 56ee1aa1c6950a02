/** @file What a part of the bench is given, and what it gives. */
import { allSides, type Side, type Spec } from './contestant';
import { specOf } from './experiments';
import type { FieldOptions } from './field';

export interface Context extends FieldOptions {
  /** Folder with the digits. */
  data: string;
  python?: string;
  rounds: number;
  /** Less data, to see whether everything runs; the numbers mean little. */
  quick: boolean;
}

export interface Result {
  title: string;
  /** Markdown. */
  text: string;
  /** As measured, for files. */
  measured: unknown;
}

export interface Section {
  name: string;
  run(context: Context): Promise<Result>;
}

/** The sides that take part in an experiment; of these only, if names are given. */
export function sidesFor({ python }: Context, experiment: string, names?: string[]): Side[] {
  return allSides(python).filter(
    ({ name, only }) => (only?.includes(experiment) ?? true) && (names?.includes(name) ?? true),
  );
}

/** The experiment in its usual size, or small. */
export function specFor(context: Context, name: string, sizes: Partial<Spec> = {}): Spec {
  const small = context.quick ? { train: 2000, held: 500 } : {};
  return specOf(name, context.data, { ...sizes, ...small });
}
