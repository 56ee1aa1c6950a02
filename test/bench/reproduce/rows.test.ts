import assert from 'node:assert/strict';
import {
  decimals,
  near,
  percent,
  type Quantity,
  type Stage,
} from '../../../bench/reproduce/experiment';
import { spreads } from '../../../bench/reproduce/noise';
import { rows } from '../../../bench/reproduce/rows';
import type { StageRun } from '../../../bench/reproduce/run';

function stage(...quantities: Quantity[]): Stage {
  return { name: 'an experiment', yaml: 'an_experiment.yaml', quantities };
}

/** A run with these errors on test and validation set. */
function run(test: number[], valid: number[], ended = true): StageRun {
  const records = test.map((error, epoch) => ({
    test_y_misclass: error,
    valid_y_misclass: valid[epoch],
  }));
  return { records, ended, seconds: 1 };
}

const error = (...points: Quantity['points']): Quantity => ({
  name: 'error',
  show: percent,
  points,
});

describe('bench/reproduce/rows', () => {
  it('takes the test error at the epoch of the lowest validation error', () => {
    const best = stage(error(near('test_y_misclass', 'best', 0.02, 0.001)));
    const [row] = rows(best, run([0.9, 0.0195, 0.01], [0.9, 0.02, 0.03]));
    assert.equal(row.epochs, 'best (1)');
    assert.equal(row.ours, '1.95 %');
    assert.equal(row.difference, '-0.05 %');
    assert.equal(row.allowed, '± 0.1 %');
    assert.equal(row.verdict, 'within');
    assert.equal(row.missed, false);
  });

  it('says by how much and where a number is out', () => {
    const two = [1, 2].map((epoch) => near('test_y_misclass', epoch, 0.02, 0.001));
    const [row] = rows(stage(error(...two)), run([0.9, 0.02, 0.024], [0, 0, 0]));
    assert.equal(row.verdict, 'NOT within: by 0.3 % at epoch 2');
    assert.equal(row.missed, true);
  });

  it('holds ours against what is expected where that is not what was published', () => {
    const quantity = { name: 'objective', show: decimals(2), points: [] };
    const points = [near('test_y_misclass', 0, 85.44, 0.1, 92.11)];
    const [row] = rows(stage({ ...quantity, points }), run([92.15], [0]));
    assert.equal(row.difference, '+6.71');
    assert.equal(row.allowed, '92.01 to 92.21');
    assert.equal(row.missed, false);
  });

  it('leaves out what a run did not come to', () => {
    const points = [near('test_y_misclass', 5, 0.02, 1), near('test_y_misclass', 'best', 0.02, 1)];
    assert.deepEqual(rows(stage(error(...points)), run([0.9], [0.9], false)), []);
  });
});

describe('bench/reproduce/noise', () => {
  it('gives mean and standard deviation over the streams', () => {
    const experiment = { name: 'e', stages: [stage(error(near('test_y_misclass', 0, 0, 1)))] };
    const [spread] = spreads(
      experiment,
      [0.1, 0.2, 0.3].map((value) => [run([value], [0])]),
    );
    assert.ok(Math.abs(spread.mean - 0.2) < 1e-12);
    assert.ok(Math.abs(spread.deviation - 0.1) < 1e-12);
  });
});
