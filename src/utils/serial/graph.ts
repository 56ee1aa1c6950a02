/**
 * @file How a graph of objects is written down in JSON. Objects, lists and the like stand in one
 * table and are referred to by their place in it, so that what was one object is one again; the
 * numbers of arrays stand outside, as named tensors.
 */

/** A value, or where in the table its object stands. */
export type Encoded =
  | string
  | number
  | boolean
  | null
  | { ref: number }
  | { number: 'NaN' | 'Infinity' | '-Infinity' | '-0' }
  | { undefined: true }
  | { bigint: string }
  | { function: string };

/** A row of the table. */
export type GraphNode =
  | { kind: 'array'; items: Encoded[] }
  | { kind: 'object'; entries: [string, Encoded][] }
  | { kind: 'map'; entries: [Encoded, Encoded][] }
  | { kind: 'set'; items: Encoded[] }
  | { kind: 'date'; time: Encoded }
  | { kind: 'typedArray'; tensor: string }
  | { kind: 'ndArray'; tensor: string }
  | { kind: 'instance'; class: string; config: Encoded; state?: Encoded };

/** The whole graph. */
export interface Graph {
  root: Encoded;
  objects: GraphNode[];
}
