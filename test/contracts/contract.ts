/**
 * @file What every class that YAML can name must keep: its contract. A file of this folder is one
 * family of classes: a table of examples, and how such a thing is put to work.
 */
import assert from 'node:assert/strict';
import { resolve, type YamlError, yamlSrcOf } from '../../src/config';
import { schemaOf } from '../../src/config/taken_options';
import { isClass, type Member } from '../../src/config/tree';
import type { SharedVariable, tf } from '../../src/engine';
import { cloneViaSerialize } from '../../src/utils/serial';
import { compiling, compilingAsync } from '../support/compiled';
import { expectClose, leavesAsync } from '../support/expect';
import { expectGradient } from '../support/gradients';
import { logged, quietly } from '../support/log';
import { load } from '../support/yaml';

/** Options as YAML writes them, by the dotted name of a class without the root; maybe several. */
export type Examples = Record<string, string | string[]>;

/** An expression that an object makes of parameters, and the same at every call. */
export interface Objective {
  expression: () => tf.Scalar;
  params: readonly SharedVariable[];
  /** Frees what was made for it. */
  release?: () => void;
}

export interface Family<T extends object> {
  title: string;
  examples: Examples;
  /** The YAML of something that works, around that of one object; the object alone unless given. */
  around?: (object: string) => string;
  /** Puts the loaded thing to work and tells in numbers what it did. */
  numbers: (thing: T) => number[] | Promise<number[]>;
  /** What of it has a gradient. */
  objective?: (thing: T) => Objective;
  /** Whether serial saves such things; true unless given. */
  isSaved?: boolean;
  /** Frees the thing; calls its `dispose` if it has one unless given. */
  release?: (thing: T) => void;
}

/** Names of all classes that some family has examples of. */
export const tabled = new Set<string>();

/** Tests each class of the family's table. */
export function describeFamily<T extends object>(family: Family<T>): void {
  describe(`contracts/${family.title}`, () => {
    for (const [name, given] of Object.entries(family.examples)) {
      [given].flat().forEach((options, i) => {
        const yaml = (family.around ?? String)(`!obj:pylearn2.${name} ${options}`);
        describeExample(family, i > 0 ? `${name} (${i + 1})` : name, yaml);
      });
      describeOptions(name);
    }
  });
}

/** Tests of a class that YAML alone cannot put to work what every class must keep. */
export function describeOptions(name: string): void {
  tabled.add(name);
  it(`${name} names the nearest of its options`, () => expectNearestOption(name));
}

function describeExample<T extends object>(family: Family<T>, title: string, yaml: string): void {
  const { numbers, objective, isSaved = true, release = dispose } = family;
  const using = async <R>(thing: T, use: (thing: T) => R | Promise<R>): Promise<R> => {
    try {
      return await use(thing);
    } finally {
      release(thing);
    }
  };
  const again = (copy: (thing: T) => T) => using(load<T>(yaml), copy);
  const work = (on: boolean, make: () => T | Promise<T> = () => load<T>(yaml)) =>
    compilingAsync(on, () => leavesAsync(0, async () => using(await make(), numbers)));

  it(`${title} is the same from its own YAML${isSaved ? ' and its saved form' : ''}`, () =>
    quietly(async () => {
      const wanted = await work(false);
      assert.ok(wanted.length > 0 && wanted.every(Number.isFinite), `${wanted}`);
      expectClose(await work(false, () => again((thing) => load<T>(yamlSrcOf(thing)!))), wanted, 0);
      if (!isSaved) return;
      expectClose(
        await work(false, () => again((thing) => cloneViaSerialize(thing) as T)),
        wanted,
        0,
      );
    }));

  it(`${title} does the same compiled`, async () => {
    const eager = await quietly(() => work(false));
    let compiled: number[] = [];
    const lines = await logged(async () => (compiled = await work(true)));
    assert.deepEqual(lines.filter(({ where }) => where === 'engine'), []); // prettier-ignore
    expectClose(compiled, eager, 1e-5);
  });

  if (objective) {
    it(`${title} has the gradient of finite differences`, () =>
      using(load<T>(yaml), (thing) => {
        const { expression, params, release } = objective(thing);
        compiling(false, () => expectGradient(expression, params, STEP));
        release?.();
      }));
  }
}

/** Float32 has seven digits: of a difference over twice this step three are left. */
const STEP = { step: 4e-3, tolerance: 4e-3 };

function dispose(thing: { dispose?: () => void }): void {
  thing.dispose?.();
}

/** Fails unless each option, its last letter doubled, is refused in words that name it. */
function expectNearestOption(name: string): void {
  const made = resolve(`pylearn2.${name}`) as Member;
  const { yamlKeys } = schemaOf(made as never)!;
  const build = (options: object): unknown =>
    isClass(made) ? Reflect.construct(made, [options]) : Reflect.apply(made, null, [options]);
  const refusal = (wrong: string, hint: string) => `${name}: no option \`${wrong}\`. ${hint}`;
  for (const [option, yamlOption] of yamlKeys) {
    const [wrong, yamlWrong] = [option, yamlOption].map((key) => key + key.at(-1));
    assert.throws(
      () => build({ [wrong]: 0 }),
      ({ message }: Error) =>
        startsWithLine(message, refusal(wrong, `Did you mean \`${option}\`?`)),
    );
    assert.throws(
      () => load(`!obj:pylearn2.${name} {\n  ${yamlWrong}: 0 }`),
      ({ line, reason }: YamlError) =>
        line === 2 &&
        startsWithLine(
          reason,
          `!obj:pylearn2.${refusal(yamlWrong, `Did you mean \`${yamlOption}\`?`)}`,
        ),
    );
  }
  if (yamlKeys.size === 0) {
    assert.throws(() => build({ dim: 0 }), { message: refusal('dim', 'It takes none.') });
  }
}

/** The lines that follow name what is missing. */
function startsWithLine(text: string, line: string): boolean {
  return text.split('\n')[0] === line;
}
