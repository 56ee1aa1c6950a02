import assert from 'node:assert/strict';
import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import type { MLP } from '../../src/models/mlp';
import type { Train } from '../../src/train';
import { quietly } from '../support/log';
import { useMnist } from '../support/mnist';
import { runNode } from '../support/setup';
import { temporaryFolder } from '../support/temporary';
import { load } from '../support/yaml';
import { convnet, digits, experiment, pretraining } from './experiments';
import { prediction } from './predict';

const CLI = `require('./kernel/cli.ts').main(process.argv.slice(1), require('./kernel/setup/tools.js'))`;
const DROPOUT = `!obj:pylearn2.costs.mlp.dropout.Dropout {
  input_include_probs: { 'c': .9 }, input_scales: { 'c': 1.1 } }`;

/** An experiment whose model is saved after every epoch. */
const saving = (model: string, path: string, cost?: string) =>
  experiment({
    model,
    cost,
    train: `save_path: "${path}", save_freq: 1`,
    sgd: `monitoring_dataset: { 'seen': *data },
      learning_rule: !obj:pylearn2.training_algorithms.learning_rule.Momentum { init_momentum: .5 },`,
  });

/** What a model predicted after each epoch, and the copies of its file from then. */
interface Course {
  predictions: string[];
  files: string[];
}

async function train(yaml: string): Promise<Course> {
  const course: Course = { predictions: [], files: [] };
  const training = load<Train>(yaml);
  for await (const { epochs } of training.epochs()) {
    if (epochs === 0) continue;
    const file = `${training.savePath}.${epochs}`;
    copyFileSync(training.savePath!, file);
    course.files.push(file);
    course.predictions.push(prediction(training.model as MLP));
  }
  return course;
}

describe('workshop/new process: what was saved after each epoch', function () {
  useMnist();
  const path = temporaryFolder();
  const courses: Course[] = [];

  before(() =>
    quietly(async () => {
      courses.push(await train(saving(convnet(), path('conv.pkl'), DROPOUT)));
      await load<Train>(pretraining(digits(0, 250), 784, 30, path('1.pkl'))).mainLoop();
      const codes = `!obj:pylearn2.datasets.transformer_dataset.TransformerDataset {
        raw: ${digits(0, 250)}, transformer: !pkl: "${path('1.pkl')}" }`;
      await load<Train>(pretraining(codes, 30, 20, path('2.pkl'))).mainLoop();
      const layers = [1, 2].map(
        (i) => `!obj:pylearn2.models.mlp.PretrainedLayer {
          layer_name: 'h${i}', layer_content: !pkl: "${path(`${i}.pkl`)}" }`,
      );
      const mlp = `!obj:pylearn2.models.mlp.MLP { nvis: 784, layers: [ ${layers.join(', ')},
        !obj:pylearn2.models.mlp.Softmax { layer_name: 'y', n_classes: 10, irange: .05 } ] }`;
      courses.push(await train(saving(mlp, path('mlp.pkl'))));
    }),
  );

  it('predicts there the same to the last bit', async () => {
    const files = courses.flatMap((course) => course.files);
    const program = join(__dirname, 'predict.ts');
    const { status, out, err } = await runNode(['--import', 'tsx', program, ...files]);
    assert.equal(status, 0, err);
    const predictions = courses.flatMap((course) => course.predictions);
    assert.equal(new Set(predictions).size, 6);
    assert.deepEqual(out.trim().split('\n'), predictions);
  });

  it('shows its run to print_monitor', async () => {
    const files = courses.map((course) => course.files[2]);
    const args = ['--import', 'tsx', '-e', CLI, '--', 'print_monitor', ...files];
    const { out, err } = await runNode(args);
    const [, conv, mlp] = out.split(/^\/.*:$/m);
    assert.ok(mlp, err);
    for (const text of [conv, mlp]) {
      assert.match(text, /^\nepochs seen: {2}3\ntime trained: {2}\d+\.\d+\n/);
      assert.match(text, /^momentum : 0\.5$/m);
      assert.match(text, /^seen_y_misclass : 0\.\d+$/m);
    }
    assert.match(conv, /^seen_c_kernel_norms_max : /m);
  });
});
