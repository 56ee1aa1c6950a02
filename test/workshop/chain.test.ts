import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { tf } from '../../src/engine';
import type { DenoisingAutoencoder } from '../../src/models/autoencoder';
import type { MLP } from '../../src/models/mlp';
import type { Train } from '../../src/train';
import { serial } from '../../src/utils';
import { expectClose } from '../support/expect';
import { logged, quietly } from '../support/log';
import { useMnist } from '../support/mnist';
import { temporaryFolder } from '../support/temporary';
import { load } from '../support/yaml';
import { digits, experiment, pretraining } from './experiments';

const transformed = (raw: string, transformer: string) =>
  `!obj:pylearn2.datasets.transformer_dataset.TransformerDataset {
    raw: ${raw}, transformer: ${transformer} }`;
const stored = (path: string) => `!pkl: "${path}"`;
const pretrained = (name: string, content: string, rest = '') =>
  `!obj:pylearn2.models.mlp.PretrainedLayer { layer_name: '${name}', layer_content: ${content}${rest} }`;
const SOFTMAX = `!obj:pylearn2.models.mlp.Softmax {
  layer_name: 'y', n_classes: 10, irange: .005, max_col_norm: 1.9 }`;

async function run(yaml: string): Promise<Train> {
  const train = load<Train>(yaml);
  const lines = await logged(() => train.mainLoop());
  assert.deepEqual(lines.filter(({ where }) => where === 'engine'), []); // prettier-ignore
  return train;
}

/** Fails unless the channel fell. */
const fell = ({ model }: Train, channel: string) => {
  const { valRecord } = model.monitor!.channels.get(channel);
  assert.ok(valRecord.at(-1)! < valRecord[0], `${channel}: ${valRecord.join(' ')}`);
};

describe('workshop/chain: what is trained on what was saved before', () => {
  useMnist();
  const path = temporaryFolder();
  const data = digits(0, 250);
  const x = tf.randomUniform<tf.Rank.R2>([7, 784], 0, 1, 'float32', 1);

  before(async () => {
    await quietly(async () => {
      await run(pretraining(data, 784, 40, path('1.pkl')));
      await run(pretraining(transformed(data, stored(path('1.pkl'))), 40, 25, path('2.pkl')));
    });
  });
  after(() => x.dispose());

  const coder = (i: number) => serial.load(path(`${i}.pkl`)) as DenoisingAutoencoder;

  it('autoencoders: each file has its monitor, and the data it saw', () => {
    const { monitor, datasetYamlSrc } = coder(2);
    const { valRecord } = monitor!.channels.get('objective');
    assert.ok(valRecord.length === 3 && valRecord[2] < valRecord[0], valRecord.join(' '));
    assert.match(datasetYamlSrc!, /TransformerDataset[^]*MNIST[^]*!pkl/);
  });

  it('a third on two transformers, one within the other, or on both as a stack', async () => {
    const [first, second] = [1, 2].map((i) => stored(path(`${i}.pkl`)));
    const stack = `!obj:pylearn2.blocks.StackedBlocks { layers: [ ${first}, ${second} ] }`;
    const models: DenoisingAutoencoder[] = [];
    for (const set of [transformed(transformed(data, first), second), transformed(data, stack)]) {
      const train = await run(pretraining(set, 25, 10, path('3.pkl')));
      fell(train, 'objective');
      models.push(train.model as DenoisingAutoencoder);
    }
    expectClose(models[0].W.dataSync(), models[1].W.dataSync(), 1e-5);
  });

  it('fine-tuning of pretrained layers moves them, unless they are frozen', async () => {
    const frozen = pretrained('h1', stored(path('1.pkl')), ', freeze_params: 1');
    const moving = pretrained('h2', stored(path('2.pkl')));
    const mlp = `!obj:pylearn2.models.mlp.MLP { nvis: 784, layers: [ ${frozen}, ${moving}, ${SOFTMAX} ] }`;
    const train = await run(
      experiment({ model: mlp, train: `save_path: "${path('mlp.pkl')}", save_freq: 1` }),
    );
    fell(train, 'seen_y_nll');
    const [one, two] = [coder(1), coder(2)];
    const { layers } = serial.load(path('mlp.pkl')) as MLP;
    const codes = one.encode(x);
    expectClose(layers[0].fprop(x) as tf.Tensor, codes, 0);
    assert.notDeepEqual(
      (layers[1].fprop(codes) as tf.Tensor).dataSync(),
      two.encode(codes).dataSync(),
    );
  });

  it('a stack of them is one pretrained layer, whose parameters move', async () => {
    const [first, second] = [1, 2].map((i) => stored(path(`${i}.pkl`)));
    const stack = `!obj:pylearn2.blocks.StackedBlocks { layers: [ ${first}, ${second} ] }`;
    const mlp = `!obj:pylearn2.models.mlp.MLP { nvis: 784, layers: [ ${pretrained('h', stack)}, ${SOFTMAX} ] }`;
    const train = await run(experiment({ model: mlp }));
    fell(train, 'seen_y_nll');
    assert.equal(train.model.getParams().length, 2 * 4 + 2);
    assert.notDeepEqual(train.model.getParams()[2].dataSync(), coder(1).W.dataSync());
  });

  it('a saved MLP is a layer of another, and the transformer of a dataset', async () => {
    const inner = stored(path('mlp.pkl'));
    const mlp = `!obj:pylearn2.models.mlp.MLP { nvis: 784, layers: [ ${pretrained('h', inner)}, ${SOFTMAX} ] }`;
    fell(await run(experiment({ model: mlp })), 'seen_y_nll');
    const softmax = `!obj:pylearn2.models.softmax_regression.SoftmaxRegression {
      nvis: 10, n_classes: 10, irange: .1 }`;
    fell(await run(experiment({ data: transformed(data, inner), model: softmax })), 'seen_y_nll');
  });

  it('a file that is missing, cut short or something else is named', () => {
    const layer = (file: string) => () => load(pretrained('h', stored(path(file))));
    assert.throws(layer('none.pkl'), /none\.pkl/);
    writeFileSync(path('short.pkl'), readFileSync(path('1.pkl')).subarray(0, 100));
    assert.throws(layer('short.pkl'), /short\.pkl/);
    writeFileSync(path('list.json'), '[1, 2]');
    assert.throws(layer('list.json'), /`layer_content`: expected a model with an upward pass/);
  });
});
