import assert from 'node:assert/strict';
import { z } from 'zod';
import type { OptionError } from '../../src/utils/options';
import { nameable, optionsOf, parseOptions } from '../../src/utils/options';

interface PumpOptions {
  flow: number;
  hoseNames?: string[];
  wLrScale?: number | null;
}

const schema = optionsOf<PumpOptions>()({
  flow: z.number().positive(),
  hoseNames: z.array(z.string()).default([]),
  wLrScale: z.number().nullable().default(null).meta({ yaml: 'W_lr_scale' }),
});
const parse = (options: unknown) => parseOptions(schema, options as PumpOptions, 'lab.Pump');

describe('utils/options', () => {
  it('fills in defaults', () => {
    assert.deepEqual(parse({ flow: 1 }), { flow: 1, hoseNames: [], wLrScale: null });
  });

  it('names place, option, what was expected and what came', () => {
    assert.throws(
      () => parse({ flow: 'x' }),
      /^OptionError: lab\.Pump: option `flow`: expected number, received "x"\.$/,
    );
    assert.throws(
      () => parse({ flow: 1, hoseNames: ['a', 2] }),
      /option `hoseNames\[1\]`: expected string, received 2/,
    );
    assert.throws(() => parse({}), /option `flow` is missing \(expected number\)/);
    assert.throws(() => parse('no'), /lab\.Pump: expected object, received "no"/);
  });

  it('tells the nearest name of an unknown option', () => {
    assert.throws(
      () => parse({ flow: 1, flwo: 2 }),
      /lab\.Pump: no option `flwo`. Did you mean `flow`\?/,
    );
  });

  it('tells the nearest of the values that an option takes', () => {
    const modes = optionsOf<{ mode: 'shuffled' | 'sequential' }>()({
      mode: z.enum(['shuffled', 'sequential']),
    });
    assert.throws(
      () => parseOptions(modes, { mode: 'suffled' } as never, 'lab.Pump'),
      /`mode`: expected one of shuffled, sequential, received "suffled". Did you mean `shuffled`\?/,
    );
  });

  it('says all that is wrong at once, misspelled names first', () => {
    assert.throws(() => parse({ flow: -1, hose: [] }), /: lab.Pump: no option `hose`.*\n.*`flow`/s);
  });

  it('knows its names in YAML', () => {
    assert.deepEqual([...schema.yamlKeys.values()], ['flow', 'hose_names', 'W_lr_scale']);
  });

  it('can be spelled again as the caller spells', () => {
    try {
      parse({ flow: 1, wLrScale: 'x' });
      assert.fail('it passed');
    } catch (error) {
      const spelled = (error as OptionError).respelled(
        '!obj:lab.Pump',
        (key) => schema.yamlKeys.get(key) ?? key,
      );
      assert.equal(
        spelled.message,
        '!obj:lab.Pump: option `W_lr_scale`: expected number, received "x".',
      );
    }
  });

  it('makes functions that check their options', () => {
    const double = nameable(schema, 'lab.double', ({ flow }) => 2 * flow);
    assert.equal(double({ flow: 2 }), 4);
    assert.throws(() => double({ flow: 0 }), /lab\.double: option `flow`: too small/);
  });
});
