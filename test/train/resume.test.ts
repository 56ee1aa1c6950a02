import assert from 'node:assert/strict';
import { addRoot, removeRoot } from '../../src/config';
import { processStream, tf } from '../../src/engine';
import { type MLP, Tanh } from '../../src/models/mlp';
import type { Train } from '../../src/train';
import type { NdArray } from '../../src/utils/nd_array';
import { RandomState } from '../../src/utils/rng';
import { logged, quietly } from '../support/log';
import { folderForEachTest } from '../support/temporary';
import { load } from '../support/yaml';

const MODEL = `!obj:pylearn2.models.mlp.MLP { nvis: 3, layers: [
    !obj:pylearn2.models.mlp.Tanh { layer_name: 'h', dim: 4, irange: .5, max_col_norm: .6 },
    !obj:pylearn2.models.mlp.Softmax { layer_name: 'y', n_classes: 2, irange: .5 } ] }`;

/** A layer as users write them. */
class Noisy extends Tanh {
  override fprop(x: tf.Tensor2D): tf.Tensor2D {
    return tf.dropout(super.fprop(x), 0.3) as tf.Tensor2D;
  }
}

const numbers = new RandomState(1);
const X = Array.from({ length: 22 }, () => [0, 1, 2].map(() => numbers.randn().toFixed(3)));
const DATASET = `!obj:pylearn2.datasets.dense_design_matrix.DenseDesignMatrix {
    X: [${X.map((row) => `[${row.join()}]`).join()}], y: [${X.map(([a]) => (Number(a) > 0 ? 1 : 0)).join()}],
    y_labels: 2 }`;

interface Setting {
  model?: string;
  epochs: number;
  savePath: string;
  resume?: number;
  /** What is trained with: SGD unless given. */
  algorithm?: string;
  extensions?: string;
}

const SGD = (epochs: number) => `!obj:pylearn2.training_algorithms.sgd.SGD {
    batch_size: 4, learning_rate: .1, monitoring_dataset: { 'train': *train },
    learning_rule: !obj:pylearn2.training_algorithms.learning_rule.Momentum { init_momentum: .5 },
    cost: !obj:pylearn2.costs.mlp.dropout.Dropout { input_include_probs: { 'h': .8 } },
    update_callbacks: !obj:pylearn2.training_algorithms.sgd.ExponentialDecay {
        decay_factor: 1.01, min_lr: .001 },
    termination_criterion: !obj:pylearn2.termination_criteria.And { criteria: [
        !obj:pylearn2.termination_criteria.MonitorBased { channel_name: 'train_y_nll', N: 20 },
        !obj:pylearn2.termination_criteria.EpochCounter { max_epochs: ${epochs} } ] } }`;

const EXTENSIONS = (path: string) => `[
    !obj:pylearn2.train_extensions.best_params.MonitorBasedSaveBest {
        channel_name: 'train_y_nll', save_path: '${path}.best' },
    !obj:pylearn2.training_algorithms.learning_rule.MomentumAdjustor {
        start: 1, saturate: 6, final_momentum: .9 } ]`;

function setting({ model = MODEL, epochs, savePath, resume = 0, ...given }: Setting): Train {
  const extensions = given.extensions ?? EXTENSIONS(savePath);
  return load<Train>(`!obj:pylearn2.train.Train {
    dataset: &train ${DATASET},
    model: ${model},
    algorithm: ${given.algorithm ?? SGD(epochs)},
    extensions: ${extensions},
    save_path: '${savePath}', save_freq: 1, resume: ${resume} }`);
}

async function run(options: Setting): Promise<Train> {
  const train = setting(options);
  await quietly(() => train.mainLoop());
  return train;
}

const valuesOf = (train: Train) =>
  (train.model as MLP).getParamValues().map(({ data }: NdArray) => [...(data as Float32Array)]);

/** All records but those of seconds. */
function recordsOf(train: Train): object {
  const { channels } = train.model.monitor!.getState();
  const kept = Object.entries(channels).filter(([name]) => !name.includes('seconds'));
  return Object.fromEntries(
    kept.map(([name, { valRecord, batchRecord, epochRecord }]) => [
      name,
      [[...Array.from(valRecord)], [...Array.from(batchRecord)], [...Array.from(epochRecord)]],
    ]),
  );
}

describe('train/resume', () => {
  before(() => addRoot('resuming', { Noisy }));
  after(() => removeRoot('resuming'));
  const path = folderForEachTest();

  it('goes on as if training had not stopped', async () => {
    const whole = await run({ epochs: 5, savePath: path('whole.pkl') });
    await run({ epochs: 2, savePath: path('part.pkl') });
    const model = `!pkl: '${path('part.pkl')}'`;
    const rest = await run({ epochs: 5, savePath: path('rest.pkl'), model, resume: 1 });
    assert.deepEqual(recordsOf(rest), recordsOf(whole));
    assert.deepEqual(valuesOf(rest), valuesOf(whole));
    assert.equal(rest.model.monitor!.getEpochsSeen(), 5);
    const key = 'MonitorBasedSaveBest';
    assert.equal(rest.model.tag[key].best_cost, whole.model.tag[key].best_cost);
  });

  it('goes on from a model that an extension saved, asking those behind it first', async () => {
    const whole = await run({ epochs: 5, savePath: path('whole.pkl') });
    const part = await run({ epochs: 3, savePath: path('part.pkl') });
    const { valRecord } = part.model.monitor!.channels.get('train_y_nll');
    assert.equal(Math.min(...valRecord), valRecord[3], 'the best model should be the last');
    const model = `!pkl: '${path('part.pkl')}.best'`;
    const rest = await run({ epochs: 5, savePath: path('rest.pkl'), model, resume: 1 });
    assert.deepEqual(valuesOf(rest), valuesOf(whole));
    assert.deepEqual(recordsOf(rest), recordsOf(whole));
  });

  it('draws on as if it had not stopped where a class of the user draws without a seed', async () => {
    const layer = "!obj:resuming.Noisy { layer_name: 'h', dim: 4, irange: .5 }";
    const noisy = MODEL.replace(/!obj:pylearn2.models.mlp.Tanh [^}]*}/, layer);
    processStream.setState({ drawn: 0 });
    const whole = await run({ epochs: 4, savePath: path('whole.pkl'), model: noisy });
    const { drawn } = processStream.getState();
    processStream.setState({ drawn: 0 });
    await run({ epochs: 2, savePath: path('part.pkl'), model: noisy });
    assert.ok(processStream.getState().drawn < drawn);
    processStream.setState({ drawn: 9999 }); // as in another process, which drew other things
    const model = `!pkl: '${path('part.pkl')}'`;
    const rest = await run({ epochs: 4, savePath: path('rest.pkl'), model, resume: 1 });
    assert.deepEqual(recordsOf(rest), recordsOf(whole));
    assert.deepEqual(valuesOf(rest), valuesOf(whole));
  });

  it('starts as Pylearn2 does unless asked to resume: with the parameters and no more', async () => {
    await run({ epochs: 2, savePath: path('part.pkl') });
    const model = `!obj:pylearn2.monitor.push_monitor { name: 'former',
      model: !pkl: '${path('part.pkl')}' }`;
    const again = await run({ epochs: 1, savePath: path('again.pkl'), model });
    const { valRecord } = again.model.monitor!.channels.get('learning_rate');
    assert.equal(valRecord[0], Math.fround(0.1));
    assert.equal(again.model.monitor!.getEpochsSeen(), 1);
  });

  it('says what it cannot resume', async () => {
    const savePath = path('part.pkl');
    const fresh = setting({ epochs: 1, savePath, resume: 1 });
    await quietly(() => assert.rejects(fresh.mainLoop(), /nothing to resume/));
    await run({ epochs: 1, savePath });
    const model = `!pkl: '${savePath}'`;
    const algorithm = `!obj:pylearn2.training_algorithms.bgd.BGD { batch_size: 4 }`;
    const other = setting({ epochs: 1, savePath, model, algorithm, extensions: '[]', resume: 1 });
    await quietly(() => assert.rejects(other.mainLoop(), /SGD trained the model, not BGD/));
  });

  it('warns of an extension of which nothing was saved', async () => {
    const savePath = path('part.pkl');
    await run({ epochs: 1, savePath, extensions: '[]' });
    const model = `!pkl: '${savePath}'`;
    const train = setting({ epochs: 2, savePath, model, resume: 1 });
    const lines = await logged(() => train.mainLoop());
    const warnings = lines.filter(({ level }) => level === 'warning').map(({ text }) => text);
    assert.deepEqual(warnings, [
      'resume: nothing was saved of MonitorBasedSaveBest: it begins anew.',
      'resume: nothing was saved of MomentumAdjustor: it begins anew.',
    ]);
  });
});
