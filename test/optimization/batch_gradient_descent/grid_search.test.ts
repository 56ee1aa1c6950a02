import assert from 'node:assert/strict';
import { gridSearch } from '../../../src/optimization/batch_gradient_descent/grid_search';
import { expectClose } from '../../support/expect';

const STEPS = [0.001, 0.005, 0.01, 0.05, 0.1];

function search(f: (alpha: number) => number, alphas = STEPS, tolerance = 1e-6) {
  return gridSearch(tolerance)(f(0), alphas, async (alpha) => f(alpha));
}

describe('optimization/batch_gradient_descent/grid_search', () => {
  it('takes the best step and keeps the steps when it is in the middle', async () => {
    const found = await search((alpha) => (alpha - 0.011) ** 2);
    assert.equal(found.best.alpha, 0.01);
    assert.deepEqual(found.alphas, STEPS);
  });

  it('takes the longest of equally good steps', async () => {
    const { best } = await search((alpha) => (alpha >= 0.005 && alpha <= 0.05 ? 0 : 1));
    assert.equal(best.alpha, 0.05);
  });

  it('divides the steps by three when the shortest is the best, or none helps', async () => {
    const shortest = await search((alpha) => (alpha - 0.001) ** 2);
    expectClose(
      shortest.alphas,
      STEPS.map((alpha) => alpha / 3),
      1e-12,
    );
    const none = await search((alpha) => alpha);
    assert.equal(none.best.alpha, 0);
    assert.deepEqual(none.alphas, shortest.alphas);
  });

  it('doubles the steps when the longest is the best', async () => {
    const { alphas } = await search((alpha) => -alpha);
    assert.deepEqual(
      alphas,
      STEPS.map((alpha) => alpha * 2),
    );
  });

  it('widens the range when it cannot shrink any more, and converges when it is wide', async () => {
    const widened = await search((alpha) => alpha, [1e-7, 2e-7, 1]);
    expectClose(widened.alphas, [1.5e-7, 2e-7 * 1.5 ** 2, 1.5 ** 3], 1e-12);
    assert.equal(widened.converged, false);
    const wide = await search((alpha) => alpha, [1e-7, 2e-7, 1.01]);
    assert.equal(wide.converged, true);
  });

  it('draws steps together whose ratio is above five', async () => {
    const { alphas } = await search((alpha) => (alpha - 0.01) ** 2, [0.001, 0.01, 0.1]);
    expectClose(
      alphas,
      [0.001, 0.01, 0.1].map((alpha) => alpha ** 0.99 * 0.01 ** 0.01),
      1e-12,
    );
  });

  it('never chooses a step to nowhere', async () => {
    const { best } = await search((alpha) => (alpha === 0 ? 1 : NaN));
    assert.deepEqual(best, { alpha: 0, objective: 1 });
  });
});
