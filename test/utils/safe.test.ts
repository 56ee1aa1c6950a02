import assert from 'node:assert/strict';
import { safeUnion, safeUpdate, safeZip } from '../../src/utils';

describe('utils/safe', () => {
  it('zips lists of one length only', () => {
    assert.deepEqual(safeZip([1, 2], ['a', 'b']), [
      [1, 'a'],
      [2, 'b'],
    ]);
    assert.throws(() => safeZip([1], []), /lists of one length, received 1 and 0/);
  });

  it('updates a map with new keys only, or not at all', () => {
    const map = new Map([['a', 1]]);
    safeUpdate(map, new Map([['b', 2]]));
    assert.deepEqual(
      [...map],
      [
        ['a', 1],
        ['b', 2],
      ],
    );
    assert.throws(
      () =>
        safeUpdate(
          map,
          new Map([
            ['c', 3],
            ['a', 4],
          ]),
        ),
      /the key "a" is in both maps/,
    );
    assert.deepEqual([...map.keys()], ['a', 'b']);
  });

  it('unites lists in order, each element once', () => {
    assert.deepEqual(safeUnion([3, 1], [1, 2]), [3, 1, 2]);
  });
});
