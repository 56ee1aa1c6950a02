import assert from 'node:assert/strict';
import { z } from 'zod';
import { addRoot, removeRoot } from '../../src/config';
import { takenOptions } from '../../src/config/taken_options';
import { optionsOf, parseOptions } from '../../src/utils/options';
import { load } from '../support/yaml';

const schema = optionsOf<{ dim: number; wLrScale?: number }>()({
  dim: z.number(),
  wLrScale: z.number().optional().meta({ yaml: 'W_lr_scale' }),
});

class Library {
  static readonly schema = schema;
  readonly dim: number;
  constructor(options: { dim: number }) {
    this.dim = parseOptions(schema, options, 'lab.Library').dim;
  }
}

class Spirals {
  readonly taken: number[];
  constructor({ numArms = 3, seed = 1 }: { numArms?: number; seed?: number } = {}) {
    this.taken = [numArms, seed];
  }
}

class Inherits extends Library {}

class Extends extends Library {
  readonly beta: number;
  constructor({ beta = 1, ...options }: { dim: number; beta?: number }) {
    super(options);
    this.beta = beta;
  }
}

/** As compilers write a class with fields and without a constructor for older engines. */
const Fields = new Function(
  'Parent',
  'return class extends Parent { constructor() { super(...arguments); this.size = 1; } }',
)(Library) as typeof Library;

class Whole {
  constructor(readonly options: Record<string, unknown>) {}
}

class Nothing {}

class Snake {
  readonly size: number;
  constructor({ patch_size: size }: { patch_size: number }) {
    this.size = size;
  }
}

const makeSpirals = ({ numArms }: { numArms: number }) => new Spirals({ numArms });
const holder = {
  method({ numArms }: { numArms: number }) {
    return new Spirals({ numArms });
  },
};

const users = { Library, Spirals, Inherits, Extends, Whole, Nothing, Snake, makeSpirals };

/** The options in YAML's spelling, and whether they are all. */
function taken(callable: object): [string[], boolean] {
  const { yamlKeys, complete } = takenOptions(callable);
  return [[...yamlKeys.values()], complete];
}

describe('config/taken_options', () => {
  before(() => addRoot('users', users));
  after(() => removeRoot('users'));

  it('knows what a constructor or a function takes apart', () => {
    assert.deepEqual(taken(Spirals), [['num_arms', 'seed'], true]);
    assert.deepEqual(taken(makeSpirals), [['num_arms'], true]);
    assert.deepEqual(taken(Nothing), [[], true]);
  });

  it('knows what is inherited or handed on to a class of the library', () => {
    assert.deepEqual(taken(Inherits), [['dim', 'W_lr_scale'], true]);
    assert.deepEqual(taken(Fields), [['dim', 'W_lr_scale'], true]);
    assert.deepEqual(taken(Extends), [['beta', 'dim', 'W_lr_scale'], false]);
  });

  it('claims nothing of code that takes its options whole, of methods and of built-ins', () => {
    for (const callable of [Whole, holder.method, Map, Math.max, taken.bind(null)]) {
      assert.deepEqual(taken(callable), [[], false]);
    }
  });

  it('lets a misspelled option of a user’s class be named, with its line and the nearest', () => {
    assert.throws(
      () => load('!obj:users.Spirals {\n  num_amrs: 2,\n  seed: 3\n}'),
      /line 2, column 3: !obj:users.Spirals: no option `num_amrs`. Did you mean `num_arms`\?/,
    );
    assert.throws(() => load('!obj:users.Nothing { size: 1 }'), /no option `size`. It takes none./);
    assert.throws(() => load('!obj:users.makeSpirals { arms: 1 }'), /no option `arms`/);
    assert.throws(() => load('!obj:users.Inherits { dmi: 1 }'), /Did you mean `dim`/);
    assert.throws(() => load('!obj:users.Extends { dim: 1, bta: 2 }'), /no option `bta`/);
  });

  it('gives a user’s class its options in its own spelling', () => {
    assert.deepEqual(load<Spirals>('!obj:users.Spirals { num_arms: 2 }').taken, [2, 1]);
    assert.deepEqual(load<Extends>('!obj:users.Extends { dim: 4, beta: 2 }').beta, 2);
    assert.equal(load<Snake>('!obj:users.Snake { patch_size: 7 }').size, 7);
    assert.deepEqual(load<Whole>('!obj:users.Whole { num_arms: 2 }').options, { numArms: 2 });
  });
});
