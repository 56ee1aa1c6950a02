import assert from 'node:assert/strict';
import { DenseDesignMatrix } from '../../src/datasets';
import { softmax_regression } from '../../src/models';
import { BGD } from '../../src/training_algorithms/bgd';
import {
  AdaDelta,
  AdaGrad,
  type LearningRule,
  Momentum,
  RMSProp,
} from '../../src/training_algorithms/learning_rule';
import { SGD } from '../../src/training_algorithms/sgd';
import { NdArray } from '../../src/utils/nd_array';
import { RandomState } from '../../src/utils/rng';
import { compilingAsync } from '../support/compiled';
import { expectClose, leavesAsync } from '../support/expect';
import { logged } from '../support/log';

const [EXAMPLES, DIM, CLASSES] = [107, 6, 3];

/** Points around one centre a class; the last batch of 20 is a smaller one. */
function clusters(): DenseDesignMatrix {
  const rng = new RandomState(1);
  const X = new Float32Array(EXAMPLES * DIM);
  const y = Int32Array.from({ length: EXAMPLES }, (_, i) => i % CLASSES);
  X.forEach((_, i) => {
    X[i] = rng.uniform(-1, 1) + (Math.floor(i / DIM) % CLASSES === i % CLASSES ? 0.5 : 0);
  });
  return new DenseDesignMatrix({
    X: new NdArray(X, [EXAMPLES, DIM]),
    y: new NdArray(y, [EXAMPLES, 1]),
    yLabels: CLASSES,
  });
}

type Kind = (dataset: DenseDesignMatrix) => SGD | BGD;

/** Every record of every channel, and the parameters, after three epochs. */
async function train(kind: Kind): Promise<Record<string, number[]>> {
  const dataset = clusters();
  const model = new softmax_regression.SoftmaxRegression({
    nClasses: CLASSES,
    irange: 0.1,
    nvis: DIM,
  });
  const algorithm = kind(dataset);
  algorithm.setup(model, dataset);
  await model.monitor!.monitor();
  for (let epoch = 0; epoch < 3; epoch++) {
    await algorithm.train(dataset);
    await model.monitor!.monitor();
  }
  const records = [...model.monitor!.channels].map(([name, { valRecord }]) => [name, valRecord]);
  const params = model.getParams().map((param) => [param.name, [...param.dataSync()]]);
  for (const owner of [algorithm, model, dataset]) owner.dispose();
  return Object.fromEntries([...records, ...params]);
}

function sgd(learningRule: () => LearningRule | null): Kind {
  return (dataset) =>
    new SGD({
      learningRate: 0.1,
      batchSize: 20,
      learningRule: learningRule(),
      monitoringDataset: dataset,
      trainIterationMode: 'even_shuffled_sequential',
    });
}

const kinds: Record<string, Kind> = {
  'SGD without a rule': sgd(() => null),
  'SGD with momentum': sgd(() => new Momentum({ initMomentum: 0.9 })),
  "SGD with Nesterov's momentum": sgd(
    () => new Momentum({ initMomentum: 0.9, nesterovMomentum: true }),
  ),
  'SGD with AdaDelta': sgd(() => new AdaDelta()),
  'SGD with AdaGrad': sgd(() => new AdaGrad()),
  'SGD with RMSProp': sgd(() => new RMSProp()),
  BGD: (dataset) =>
    new BGD({
      batchSize: 50,
      lineSearchMode: 'exhaustive',
      conjugate: true,
      updatesPerBatch: 3,
      monitoringDataset: dataset,
    }),
};

describe('engine/compiler: training as in eager execution', () => {
  for (const [name, kind] of Object.entries(kinds)) {
    it(`${name}: records and parameters, nothing refused, nothing left`, async () => {
      const results: Record<string, number[]>[] = [];
      const lines = await logged(async () => {
        for (const on of [true, false]) {
          const run = () => compilingAsync(on, () => train(kind));
          results.push(await leavesAsync(0, run));
        }
      });
      assert.deepEqual(lines.filter(({ where }) => where === 'engine'), []); // prettier-ignore
      const [compiled, eager] = results;
      assert.deepEqual(Object.keys(compiled), Object.keys(eager));
      for (const [key, values] of Object.entries(eager)) {
        if (!/time|second/.test(key)) expectClose(compiled[key], values, 1e-6);
      }
    });
  }
});
