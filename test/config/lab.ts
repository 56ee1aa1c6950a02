/** @file A small library to build from YAML: what the tests of config name. */
import { z } from 'zod';
import { addRoot, removeRoot, setLibrary, setScope } from '../../src/config/resolve';
import { ShapeError } from '../../src/utils/errors';
import { instanceOf, nameable, optionsOf, parseOptions } from '../../src/utils/options';
import type { Parsed } from '../../src/utils/options';

interface LinearOptions {
  layerName: string;
  dim: number;
  irange?: number;
  wLrScale?: number | null;
}

const linearSchema = optionsOf<LinearOptions>()({
  layerName: z.string(),
  dim: z.number().int().positive(),
  irange: z.number().nonnegative().default(0),
  wLrScale: z.number().nullable().default(null).meta({ yaml: 'W_lr_scale' }),
});

export class Linear {
  static readonly schema = linearSchema;
  readonly options: Parsed<typeof linearSchema>;
  yamlSrc?: string = undefined;

  constructor(options: LinearOptions) {
    this.options = parseOptions(linearSchema, options, 'models.mlp.Linear');
  }
}

interface MLPOptions {
  layers: Linear[];
  nvis?: number | null;
  inputIncludeProbs?: Record<string, number>;
}

const mlpSchema = optionsOf<MLPOptions>()({
  layers: z.array(instanceOf(Linear)).min(1),
  nvis: z.number().int().positive().nullable().default(null),
  inputIncludeProbs: z.record(z.string(), z.number()).default({}),
});

/** Counts how many were made, to see when nothing was built. */
export class MLP {
  static readonly schema = mlpSchema;
  static made = 0;
  readonly options: Parsed<typeof mlpSchema>;

  constructor(options: MLPOptions) {
    MLP.made++;
    this.options = parseOptions(mlpSchema, options, 'models.mlp.MLP');
    const names = this.options.layers.map((layer) => layer.options.layerName);
    if (new Set(names).size < names.length) throw new ShapeError('two layers have one name');
  }
}

interface PushMonitorOptions {
  model: object;
  name: string;
}

const pushMonitor = nameable(
  optionsOf<PushMonitorOptions>()({ model: z.custom<object>(), name: z.string() }),
  'monitor.pushMonitor',
  ({ model, name }) => ({ model, pushed: name }),
);

/** A class without a schema: it takes what it gets. */
export class Anything {
  constructor(readonly options: Record<string, unknown>) {}
}

class Failing {
  static readonly schema = optionsOf<object>()({});
  constructor() {
    const nothing = undefined as unknown as { length: number };
    Object.assign(this, { size: nothing.length });
  }
}

/** Has no schema, as abstract classes of the library. */
class Model {}

export const tree = {
  models: { model: { Model }, mlp: { Linear, MLP } },
  monitor: { pushMonitor },
  misc: { Anything, Failing, Model, answer: 42 },
};

/** Makes `lab.`, and nothing else, nameable while a file's tests run. */
export function useLab(): void {
  let library: object | undefined;
  before(() => {
    library = setLibrary({});
    addRoot('lab', tree);
  });
  after(() => {
    if (library) setLibrary(library);
    removeRoot('lab');
    setScope(undefined);
  });
}
