import assert from 'node:assert/strict';
import { exhaustiveSearch } from '../../../src/optimization/batch_gradient_descent/exhaustive_search';

/** Searches and gives the result with the points tried, in order. */
async function search(
  f: (alpha: number) => number,
  alphas = [0.5, 1],
  minInitAlpha: number | null = 0.001,
) {
  const tried: number[] = [];
  const found = await exhaustiveSearch(minInitAlpha)(f(0), alphas, async (alpha) => {
    tried.push(alpha);
    return f(alpha);
  });
  return { ...found, tried };
}

describe('optimization/batch_gradient_descent/exhaustive_search', () => {
  it('halves the interval beside the best point, on the side of the better neighbour', async () => {
    // f: 0 -> .49, .5 -> .04, 1 -> .09. Right of .5 is better: .75 (.0025). Its neighbours are
    // .04 and .09: left, .625 (.005625, no gain). Then between .75 and its better neighbour .625:
    // .6875, gains .00234; then .71875 (neighbours .6875 and .75).
    const { tried, best } = await search((alpha) => (alpha - 0.7) ** 2);
    assert.deepEqual(tried.slice(0, 6), [0.5, 1, 0.75, 0.625, 0.6875, 0.71875]);
    assert.ok(Math.abs(best.alpha - 0.7) < 0.02);
  });

  it('doubles the step while the longest one is the best', async () => {
    const { tried } = await search((alpha) => (alpha - 5) ** 2);
    assert.deepEqual(tried.slice(0, 5), [0.5, 1, 2, 4, 8]);
  });

  it('stops when a point gains less than a hundredth of what the one before it gained', async () => {
    // 1 -> 2 gains 10, 2 -> 4 gains .05.
    const values = new Map([
      [0, 20],
      [0.5, 15],
      [1, 12],
      [2, 2],
      [4, 1.95],
    ]);
    const { tried, best } = await search((alpha) => values.get(alpha)!);
    assert.deepEqual(tried, [0.5, 1, 2, 4]);
    assert.deepEqual(best, { alpha: 4, objective: 1.95 });
  });

  it('does not stop at a point that gains nothing, but after the twelfth', async () => {
    const { tried, best } = await search((alpha) => alpha);
    // With the origin and the two first steps, nine halvings make twelve points.
    assert.deepEqual(tried, [0.5, 1, ...[2, 3, 4, 5, 6, 7, 8, 9, 10].map((k) => 0.5 ** k)]);
    assert.deepEqual(best, { alpha: 0, objective: 0 });
  });

  it('begins the next search with the best step and its half', async () => {
    const { alphas, best } = await search((alpha) => (alpha - 3) ** 2);
    assert.deepEqual(alphas, [best.alpha / 2, best.alpha]);
  });

  it('begins the next search with the shortest step when none helped', async () => {
    const { alphas } = await search((alpha) => alpha);
    assert.deepEqual(alphas, [0.001, 0.002]);
    const free = await search((alpha) => alpha, [0.5, 1], null);
    assert.deepEqual(free.alphas, [2 ** -11, 2 ** -10]);
  });

  it('takes a step to nowhere for infinitely bad', async () => {
    const { best } = await search((alpha) => (alpha > 0.6 ? NaN : -alpha));
    assert.ok(best.alpha >= 0.5 && best.alpha <= 0.6);
  });

  it('takes the first of equally good steps', async () => {
    const { best } = await search((alpha) => (alpha === 0 ? 1 : 0));
    assert.equal(best.alpha, 0.5);
  });

  it('refuses steps that do not increase', async () => {
    await assert.rejects(
      search((alpha) => alpha, [1, 0.5]),
      /expected increasing steps, received \[1,0.5\]/,
    );
  });
});
