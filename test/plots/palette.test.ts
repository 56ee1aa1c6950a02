import assert from 'node:assert/strict';
import { mixed, NEUTRAL, seriesColours, WARNING } from '../../src/plots/palette';

type Triple = readonly [number, number, number];

/** Linear light, in [0, 1]. */
function linear(colour: string): Triple {
  const channel = (at: number) => parseInt(colour.slice(at, at + 2), 16) / 255;
  const light = (value: number) =>
    value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  return [light(channel(1)), light(channel(3)), light(channel(5))];
}

function times(matrix: readonly Triple[], [a, b, c]: Triple): Triple {
  return matrix.map((row) => row[0] * a + row[1] * b + row[2] * c) as unknown as Triple;
}

/** What people see who lack red or green cones: Viénot, Brettel and Mollon 1999. */
const eyes: Record<string, readonly Triple[]> = {
  'all cones': [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  'no red cones': [
    [0.11238, 0.88762, 0],
    [0.11238, 0.88762, 0],
    [0.00401, -0.00401, 1],
  ],
  'no green cones': [
    [0.29275, 0.70725, 0],
    [0.29275, 0.70725, 0],
    [-0.02234, 0.02234, 1],
  ],
};

/** CIE L*a*b* of linear light, white D65. */
function lab(light: Triple): Triple {
  const xyz = times(
    [
      [0.4124, 0.3576, 0.1805],
      [0.2126, 0.7152, 0.0722],
      [0.0193, 0.1192, 0.9505],
    ],
    light,
  );
  const [x, y, z] = [xyz[0] / 0.9505, xyz[1], xyz[2] / 1.089].map((value) =>
    value > 0.008856 ? Math.cbrt(value) : 7.787 * value + 16 / 116,
  );
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}

function distance(one: Triple, other: Triple): number {
  return Math.hypot(...one.map((value, i) => value - other[i]));
}

function contrast(one: string, other: string): number {
  const light = (colour: string) => times([[0.2126, 0.7152, 0.0722]], linear(colour))[0] + 0.05;
  const [low, high] = [light(one), light(other)].sort((a, b) => a - b);
  return high / low;
}

describe('plots/palette', () => {
  for (const [name, matrix] of Object.entries(eyes)) {
    it(`has six colours that eyes with ${name} tell apart`, () => {
      const seen = seriesColours.slice(0, 6).map((colour) => lab(times(matrix, linear(colour))));
      seen.forEach((one, i) =>
        seen.slice(0, i).forEach((other, j) => {
          // 2.3 is a just noticeable difference.
          const apart = distance(one, other);
          assert.ok(apart > 10, `${seriesColours[i]} and ${seriesColours[j]}: ${apart}`);
        }),
      );
    });

    it(`tells right from wrong to eyes with ${name}`, () => {
      const [right, wrong] = [seriesColours[0], WARNING].map((colour) =>
        lab(times(matrix, linear(colour))),
      );
      assert.ok(distance(right, wrong) > 50);
    });
  }

  it('shows on a white page and on the dark one of JupyterLab', () => {
    for (const colour of seriesColours) {
      for (const page of ['#ffffff', '#111111']) {
        assert.ok(contrast(colour, page) > 2, `${colour} on ${page}: ${contrast(colour, page)}`);
      }
    }
    for (const page of ['#ffffff', '#111111']) assert.ok(contrast(NEUTRAL, page) > 3.9);
  });

  it('mixes colours', () => {
    assert.equal(mixed('#000000', '#ff8010', 0.5), '#804008');
    assert.equal(mixed('#123456', '#ffffff', 0), '#123456');
  });
});
