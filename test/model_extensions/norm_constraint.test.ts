import assert from 'node:assert/strict';
import { tf, type Updates } from '../../src/engine';
import {
  ConstrainFilterL2Norm,
  ConstrainFilterMaxNorm,
} from '../../src/model_extensions/norm_constraint';
import { type ModelExtension } from '../../src/model_extensions';
import { Linear, MLP } from '../../src/models/mlp';
import { expectClose } from '../support/expect';

/** The weights [[6, 0], [8, 0.5]] after an update that an extension of the layer may change. */
function constrained(extension: ModelExtension): tf.Tensor {
  const layer = new Linear({ dim: 2, layerName: 'h', irange: 0.1, extensions: [extension] });
  const model = new MLP({ layers: [layer], nvis: 2 });
  const updates: Updates = new Map([
    [
      layer.W!,
      tf.tensor2d([
        [6, 0],
        [8, 0.5],
      ]),
    ],
  ]);
  model.modifyUpdates(updates);
  return updates.get(layer.W!)!;
}

describe('model_extensions/norm_constraint', () => {
  it('limits the norms of columns, rows or the whole', () => {
    expectClose(constrained(new ConstrainFilterL2Norm({ limit: 5 })), [3, 0, 4, 0.5]);
    const rows = Math.hypot(8, 0.5);
    expectClose(constrained(new ConstrainFilterL2Norm({ limit: 6, axis: 1 })), [
      6,
      0,
      48 / rows,
      3 / rows,
    ]);
    const all = Math.hypot(6, 8, 0.5);
    expectClose(constrained(new ConstrainFilterL2Norm({ limit: 1, axis: [0, 1] })), [
      6 / all,
      0,
      8 / all,
      0.5 / all,
    ]);
  });

  it('raises norms to the smallest allowed', () => {
    expectClose(constrained(new ConstrainFilterL2Norm({ limit: null, minLimit: 1 })), [6, 0, 8, 1]);
    expectClose(
      constrained(new ConstrainFilterL2Norm({ limit: 5, minLimit: null })),
      [3, 0, 4, 0.5],
    );
  });

  it('clips weights', () => {
    expectClose(constrained(new ConstrainFilterMaxNorm({ limit: 2 })), [2, 0, 2, 0.5]);
  });

  it('refuses limits that contradict each other', () => {
    assert.throws(
      () => new ConstrainFilterL2Norm({ limit: 1, minLimit: 2 }),
      /limit >= min_limit, received 1 < 2/,
    );
  });
});
