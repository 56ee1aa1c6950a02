import assert from 'node:assert/strict';
import { downsample, type Point, pointsOf, smooth } from '../../src/plots';

describe('plots/points', () => {
  it('smooths by the mean of up to so many trailing values', () => {
    assert.deepEqual(smooth([3, 6, 9, 0], 3), [3, 4.5, 6, 5]);
  });

  it('leaves what is not finite alone and out of the means of others', () => {
    assert.deepEqual(smooth([2, NaN, 4, Infinity], 3), [2, NaN, 3, Infinity]);
  });

  it('sends null where a value is not finite, so that the line breaks', () => {
    assert.deepEqual(pointsOf([0, 1, 2], [1, NaN, -Infinity], 1), [
      { x: 0, y: 1 },
      { x: 1, y: null },
      { x: 2, y: null },
    ]);
  });

  it('sends six digits, and the raw value beside a smoothed one', () => {
    assert.deepEqual(pointsOf([0, 1], [1.23456789, 3], 2), [
      { x: 0, y: 1.23457, raw: 1.23457 },
      { x: 1, y: 2.11728, raw: 3 },
    ]);
  });

  const many: Point[] = Array.from({ length: 5000 }, (_, x) => ({ x, y: Math.sin(x / 100) }));

  it('keeps to the limit, and keeps first and last point', () => {
    const kept = downsample(many, 100);
    assert.ok(kept.length <= 100 && kept.length > 90, `${kept.length} points`);
    assert.deepEqual([kept[0], kept.at(-1)], [many[0], many.at(-1)]);
  });

  it('keeps a single peak and a single dip among thousands, in their order', () => {
    const spiky = many.map((point) => ({ ...point }));
    spiky[1234].y = 50;
    spiky[1235].y = -50;
    const kept = downsample(spiky, 20);
    assert.ok(kept.includes(spiky[1234]) && kept.includes(spiky[1235]));
    const xs = kept.map(({ x }) => x);
    assert.deepEqual(
      xs,
      [...xs].sort((a, b) => a - b),
    );
  });

  it('gives all points when they are within the limit', () => {
    assert.deepEqual(downsample(many.slice(0, 10), 10), many.slice(0, 10));
  });

  it('shows a hole as long as a stretch', () => {
    const hole = many.map((point, i) => (i > 1000 && i < 4000 ? { ...point, y: null } : point));
    assert.ok(downsample(hole, 50).some(({ y }) => y === null));
  });
});
