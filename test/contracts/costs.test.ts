/** @file The contract of costs: of a model that is made for each. */
import type { Cost } from '../../src/costs';
import { tf } from '../../src/engine';
import type { Model } from '../../src/models';
import type { Batch, DataSpecs } from '../../src/space';
import { batchIn, targetsIn } from '../support/batches';
import { load } from '../support/yaml';
import { describeFamily, type Examples } from './contract';
import { descend } from './descent';

const DEFAULT = '!obj:pylearn2.costs.mlp.Default {}';
const DECAY = '!obj:pylearn2.costs.mlp.WeightDecay { coeffs: { h: .1, y: .2 } }';

/** Costs of an MLP of two layers, `h` and `y`. */
const mlp: Examples = {
  'costs.mlp.Default': '{}',
  'costs.cost.MethodCost': '{ method: cost_from_X }',
  'costs.cost.SumOfCosts': `{ costs: [ ${DEFAULT}, [ .5, ${DECAY} ] ] }`,
  'costs.mlp.WeightDecay': ['{ coeffs: [ .1, .2 ] }', "{ coeffs: { y: '.1' } }"],
  'costs.mlp.L1WeightDecay': '{ coeffs: { h: .1, y: .2 } }',
  'costs.mlp.missing_target_cost.MissingTargetCost': '{}',
};

/** The same, drawing random numbers. */
const noisyMlp: Examples = {
  'costs.mlp.dropout.Dropout': [
    '{}',
    '{ input_include_probs: { h: .8 }, input_scales: { h: 1.25 }, default_input_include_prob: .6, per_example: 0 }',
  ],
  'costs.mlp.missing_target_cost.MissingTargetCost':
    '{ dropout_args: { default_input_include_prob: .7 } }',
};

/** Costs of an autoencoder. */
const autoencoder: Examples = {
  'costs.autoencoder.MeanSquaredReconstructionError': '{}',
  'costs.autoencoder.MeanBinaryCrossEntropy': '{}',
  'costs.autoencoder.SparseActivation': '{ coeff: .5, p: .2 }',
};

const noisyAutoencoder: Examples = {
  'costs.autoencoder.SampledMeanBinaryCrossEntropy': '{ L1: .1, ratio: .5 }',
  'costs.autoencoder.SampledMeanSquaredReconstructionError': '{ L1: .1, ratio: .5 }',
};

const MLP = `!obj:pylearn2.models.mlp.MLP { nvis: 4, layers: [
  !obj:pylearn2.models.mlp.Tanh { layer_name: h, dim: 5, irange: .5 },
  !obj:pylearn2.models.mlp.Softmax { layer_name: y, n_classes: 3, irange: .5 } ] }`;
const AUTOENCODER = `!obj:pylearn2.models.autoencoder.Autoencoder {
  nvis: 4, nhid: 3, act_enc: sigmoid, act_dec: sigmoid, irange: .5 }`;

/** Inputs from 0 to 1, targets if they are asked for, nothing if that is asked for. */
function data({ space, source }: DataSpecs): Batch {
  if (source === '') return null;
  if (Array.isArray(source)) {
    const parts = (space as unknown as { components: DataSpecs['space'][] }).components;
    return source.map((name, i) => data({ space: parts[i], source: name }));
  }
  return source === 'targets' ? targetsIn(space) : batchIn(space, 0, 1);
}

function describeCosts(title: string, examples: Examples, model: string, isNoisy = false): void {
  const objective = (cost: Cost) => {
    const made = load<Model>(model);
    const expression = () => tf.tidy(() => cost.expr(made, data(cost.getDataSpecs(made)))!);
    return { made, expression, params: made.getParams(), release: () => made.dispose() };
  };
  describeFamily<Cost>({
    title,
    examples,
    objective: isNoisy ? undefined : objective,
    numbers: (cost) => {
      const { made, expression, release } = objective(cost);
      const numbers = descend(made, expression);
      release();
      return numbers;
    },
  });
}

describeCosts('costs of MLPs', mlp, MLP);
describeCosts('noisy costs of MLPs', noisyMlp, MLP, true);
describeCosts('costs of autoencoders', autoencoder, AUTOENCODER);
describeCosts('noisy costs of autoencoders', noisyAutoencoder, AUTOENCODER, true);
