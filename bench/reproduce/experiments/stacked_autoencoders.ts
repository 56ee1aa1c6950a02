/**
 * @file Two denoising autoencoders and the classifier made of them: Pylearn2's tutorial on stacked
 * autoencoders. Its log is older than the Pylearn2 that is ported. Then the encoder's weights were
 * drawn from half the range, as the decoder's still are, with the other sign, and monitored were
 * the first five batches of the training's size. So there are two experiments: with those settings,
 * to be compared with the log, and the files as they are.
 */
import type { DenoisingAutoencoder } from '../../../src/models/autoencoder';
import { tf } from '../../../src/engine';
import type { Train } from '../../../src/train';
import { decimals, type Experiment, near, percent, replace, type Stage } from '../experiment';

/**
 * Standard deviations of the numbers below when only the noise is drawn from another stream,
 * measured by `npm run reproduce -- stacked_autoencoders_as_logged --full --seeds 5`.
 */
const spread = {
  dae_l1: [0.02, 0.03, 0.03],
  dae_l2: [0.02, 0.03, 0.03],
  dae_mlp: [0.001, 0.001, 0.001, 0.001],
};

/** The log is one draw and ours another: three standard deviations of their difference. */
const DRAWS = 3 * Math.SQRT2;

function points(channel: string, epochs: number[], published: number[], deviations: number[]) {
  return epochs.map((epoch, i) => near(channel, epoch, published[i], DRAWS * deviations[i]));
}

const withNoise = (yaml: string, seed: number) =>
  replace(yaml, /corruption_level: \.\d/, `$&, rng: ${seed}`);

function autoencoder(name: 'dae_l1' | 'dae_l2', published: number[]): Stage {
  const objective = points('objective', [0, 1, 10], published, spread[name]);
  return {
    name,
    yaml: `${name}.yaml`,
    withNoise,
    quantities: [{ name: 'train objective', show: decimals(2), points: objective }],
  };
}

const valid = points(
  'valid_y_misclass',
  [0, 1, 10, 50],
  [0.9031, 0.0814, 0.0301, 0.02],
  [...spread.dae_mlp],
);
const logged = [1, 2, 3, 50];
const rates = [0.0490099, 0.0480395, 0.0470883, 0.0183944];
const momenta = [0.5, 0.500803, 0.501606, 0.539357];

const stages: Stage[] = [
  autoencoder('dae_l1', [85.44, 29.16, 11.41]),
  autoencoder('dae_l2', [51.05, 20.01, 4.21]),
  {
    name: 'dae_mlp',
    yaml: 'dae_mlp.yaml',
    epochs: 10,
    quantities: [
      { name: 'valid error', show: percent, points: valid },
      {
        name: 'learning rate',
        show: decimals(7),
        points: logged.map((epoch, i) => near('learning_rate', epoch, rates[i], 1e-7)),
      },
      {
        name: 'momentum',
        show: decimals(6),
        points: logged.map((epoch, i) => near('momentum', epoch, momenta[i], 1e-6)),
      },
    ],
  },
];

function monitorAsLogged(yaml: string): string {
  return replace(yaml, /monitoring_batches: 5/, 'monitoring_batch_size: 100, $&');
}

function drawAsLogged(train: Train): void {
  const { W } = train.model as DenoisingAutoencoder;
  tf.tidy(() => W.assign(W.mul(-0.5)));
}

function asLogged(stage: Stage): Stage {
  const name = `${stage.name}, as the log's Pylearn2`;
  if (!stage.withNoise) return { ...stage, name };
  return { ...stage, name, edit: monitorAsLogged, prepare: drawAsLogged };
}

function asWritten(stage: Stage): Stage {
  const quantities = stage.quantities.map((quantity) =>
    ['learning rate', 'momentum'].includes(quantity.name)
      ? quantity
      : { ...quantity, incomparable: 'other initial weights, other examples monitored' },
  );
  return { ...stage, name: `${stage.name}, as the file says`, quantities };
}

export const stackedAutoencodersAsLogged: Experiment = {
  name: 'stacked_autoencoders_as_logged',
  stages: stages.map(asLogged),
  note:
    "As the log's Pylearn2: the published log of the autoencoders is older than the Pylearn2 that " +
    "is ported. Its encoders' weights are drawn from half the range with the other sign, and it " +
    'monitors the first 500 examples. What is allowed is what another stream of noise explains: ' +
    'three standard deviations of the difference of two runs, measured over five streams.',
};

export const stackedAutoencoders: Experiment = {
  name: 'stacked_autoencoders',
  stages: stages.map(asWritten),
  note:
    "As the file says: the files unchanged, by the rules of Pylearn2's last version, of which no " +
    'log was published.',
};
