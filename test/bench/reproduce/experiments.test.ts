import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { replace } from '../../../bench/reproduce/experiment';
import { experiments } from '../../../bench/reproduce/experiments';
import '../../../src';
import { load } from '../../../src/config';

const text = (yaml: string) =>
  readFileSync(resolve(__dirname, '../../../notebooks', yaml), 'utf8').replaceAll('!pkl:', '!!str');

describe('bench/reproduce/experiments', () => {
  for (const { name, stages } of experiments) {
    it(`${name}: its changes fit the files`, () => {
      for (const { yaml, edit, withNoise } of stages) {
        const edited = edit?.(text(yaml)) ?? text(yaml);
        const noisy = withNoise?.(edited, 2002) ?? edited;
        load(noisy, { instantiate: false, fileName: yaml });
      }
    });
  }

  it('refuses a change for which there is no place', () => {
    assert.throws(() => replace('a: 1', /b: 1/, 'b: 2'), /no \/b: 1\/ to change/);
  });
});
