import assert from 'node:assert/strict';
import { codeOf, readChoice } from '../../src/scripts/channel_codes';
import { shortNames } from '../../src/scripts/short_names';

const names = ['a', 'b', 'c', 'd', 'e_f'];

describe('scripts/channel_codes', () => {
  it('counts A to Z, then BA, BB', () => {
    assert.deepEqual([0, 25, 26, 27, 26 * 26].map(codeOf), ['A', 'Z', 'BA', 'BB', 'BAA']);
  });

  it('reads codes, ranges and names, in the order of the channels', () => {
    assert.deepEqual(readChoice('D, A-B,<e_f>', names).channels, ['a', 'b', 'd', 'e_f']);
  });

  it('reads the x axis and the wish to smooth', () => {
    assert.deepEqual(readChoice('A,h,o', names), { channels: ['a'], x: 'hours', smooth: true });
    assert.equal(readChoice('A', names).x, undefined);
  });

  it('refuses what is no code, no channel, no range', () => {
    assert.throws(() => readChoice('Q', names), /`Q` is not the code of a channel/);
    assert.throws(() => readChoice('<e_g>', names), /no channel `e_g`. Did you mean `e_f`\?/);
    assert.throws(() => readChoice('C-A', names), /`C-A` is no range/);
    assert.throws(() => readChoice('A-B-C', names), /`A-B-C` is no range/);
  });
});

describe('scripts/short_names', () => {
  it('takes the shortest part of ten letters or more that only one path has', () => {
    assert.deepEqual(shortNames(['runs/alpha/model_a.pkl', 'runs/alpha/model_b.pkl']), [
      'odel_a.pkl',
      'odel_b.pkl',
    ]);
  });

  it('takes longer parts where ten letters do not tell paths apart, all where nothing does', () => {
    assert.deepEqual(shortNames(['aaaaaaaaaaaa', 'aaaaaaaaaaaab']), ['aaaaaaaaaaaa', 'aaaaaaaaab']);
  });

  it('gives a single name a part of itself', () => {
    assert.deepEqual(shortNames(['model.pkl']), ['model.pkl']);
  });
});
