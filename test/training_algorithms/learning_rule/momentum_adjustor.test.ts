import assert from 'node:assert/strict';
import { getMonitor } from '../../../src/monitor';
import { Momentum, MomentumAdjustor } from '../../../src/training_algorithms/learning_rule';
import { SGD } from '../../../src/training_algorithms/sgd';
import { BGD } from '../../../src/training_algorithms/bgd';
import { expectClose } from '../../support/expect';
import { TinyModel } from '../../support/tiny_model';
import { TinyDataset } from '../../support/tiny_dataset';

const dataset = new TinyDataset([[1]]);

/** The momentum while epochs 1, 2, ... are trained, after some epochs seen before. */
function schedule(adjustor: MomentumAdjustor, epochs: number, before = 0): number[] {
  const rule = new Momentum({ initMomentum: 0.5 });
  const algorithm = new SGD({ learningRate: 0.1, batchSize: 1, learningRule: rule });
  const model = new TinyModel();
  for (let i = 0; i < before; i++) getMonitor(model).reportEpoch();
  adjustor.setup(model, dataset, algorithm);
  return Array.from({ length: epochs }, () => {
    adjustor.onMonitor(model, dataset, algorithm);
    return rule.momentum.dataSync()[0];
  });
}

describe('training_algorithms/learning_rule/momentum_adjustor', () => {
  it("gives the values that Pylearn2's tutorial logged", () => {
    const adjustor = new MomentumAdjustor({ start: 1, saturate: 250, finalMomentum: 0.7 });
    expectClose(schedule(adjustor, 3), [0.5, 0.500803, 0.501606], 1e-6);
  });

  it('reaches the final momentum at `saturate` and stays there', () => {
    const adjustor = new MomentumAdjustor({ start: 2, saturate: 4, finalMomentum: 0.9 });
    expectClose(schedule(adjustor, 5), [0.5, 0.5, 0.7, 0.9, 0.9]);
  });

  it('jumps when it starts where it saturates', () => {
    const adjustor = new MomentumAdjustor({ start: 2, saturate: 2, finalMomentum: 0.9 });
    expectClose(schedule(adjustor, 3), [0.5, 0.9, 0.9]);
  });

  it('counts the epochs that the model has seen before', () => {
    const adjustor = new MomentumAdjustor({ start: 2, saturate: 4, finalMomentum: 0.9 });
    expectClose(schedule(adjustor, 2, 2), [0.7, 0.9]);
  });

  it('refuses to saturate before it starts, and algorithms without momentum', () => {
    assert.throws(
      () => new MomentumAdjustor({ start: 2, saturate: 1, finalMomentum: 0.9 }),
      /MomentumAdjustor: option `saturate`: expected at least start \(2\), received 1/,
    );
    const adjustor = new MomentumAdjustor({ start: 2, saturate: 4, finalMomentum: 0.9 });
    assert.throws(
      () => adjustor.setup(new TinyModel(), dataset, new BGD({ batchSize: 1 })),
      /no learning rule with a momentum/,
    );
  });
});
