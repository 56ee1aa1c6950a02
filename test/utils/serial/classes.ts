/** @file Classes to save, and a directory that knows their names. */
import { NdArray } from '../../../src/utils/nd_array';
import type { ClassDirectory, Named } from '../../../src/utils/serial';

/** What happened, in order; emptied by the tests. */
export const events: string[] = [];

/** Owned by a {@link Net}, whose constructor resets its weights, as layers' owners do. */
export class Unit {
  weights = new Float32Array(0);

  constructor(readonly options: { name: string; callback?: unknown; owner?: unknown }) {}

  getConfig() {
    return this.options;
  }

  getState() {
    return { weights: new NdArray(this.weights) };
  }

  setState(state: { weights: NdArray }) {
    events.push(`restore ${this.options.name}`);
    this.weights = new Float32Array(state.weights.toFloat32());
  }
}

export class Net {
  watcher?: Watcher;

  constructor(readonly options: { layers: Unit[]; extra?: unknown }) {
    for (const layer of options.layers) layer.weights = new Float32Array(2);
  }

  getConfig() {
    return this.options;
  }

  getState() {
    return { watcher: this.watcher };
  }

  setState(state: { watcher?: Watcher }) {
    events.push('restore net');
    this.watcher = state.watcher;
  }
}

/** Has its model in its state: a way back that is allowed. */
export class Watcher {
  model?: Net;
  readonly records: number[] = [];

  getConfig() {
    return {};
  }

  getState() {
    return { model: this.model, records: this.records };
  }

  setState(state: { model?: Net; records: number[] }) {
    events.push('restore watcher');
    this.model = state.model;
    this.records.push(...state.records);
  }
}

/** Without getConfig. */
export class Stranger {}

export function rectify(x: number): number {
  return Math.max(0, x);
}

const members = new Map<string, Named>([
  ['lab.Unit', Unit],
  ['lab.Net', Net],
  ['lab.Watcher', Watcher],
  ['lab.Stranger', Stranger],
  ['lab.rectify', rectify],
]);

/** A directory of the classes above and of others by their bare names, as cells define them. */
export function makeDirectory(cells: Record<string, Named> = {}): ClassDirectory {
  const all = new Map([...members, ...Object.entries(cells)]);
  return {
    nameOf: (type) => [...all].find(([, member]) => member === type)?.[0],
    resolve(name) {
      const member = all.get(name);
      if (member === undefined) throw new Error(`no ${name}`);
      return member;
    },
  };
}
