/**
 * @file Two denoising autoencoders and the classifier made of them: Pylearn2's tutorial on stacked
 * autoencoders. Its log is older than the Pylearn2 that is ported. Then the encoder's weights were
 * drawn from half the range, as the decoder's still are, with the other sign, and monitored were
 * the first five batches of the training's size. So there are two experiments: with those settings,
 * to be compared with the log, and the files as they are, to be compared with `reference.py`.
 */
import { tf } from '../../../src/engine';
import type { DenoisingAutoencoder } from '../../../src/models/autoencoder';
import type { Train } from '../../../src/train';
import {
  decimals,
  type Experiment,
  near,
  percent,
  type Quantity,
  replace,
  type Stage,
} from '../experiment';

type Name = 'dae_l1' | 'dae_l2' | 'dae_mlp';

/** What is compared: the objective, or the error on the validation set, at these epochs. */
const epochs: Record<Name, number[]> = {
  dae_l1: [0, 1, 10],
  dae_l2: [0, 1, 10],
  dae_mlp: [0, 1, 10, 50],
};
const published: Record<Name, number[]> = {
  dae_l1: [85.44, 29.16, 11.41],
  dae_l2: [51.05, 20.01, 4.21],
  dae_mlp: [0.9031, 0.0814, 0.0301, 0.02],
};
/** What the files give by the rules of the last Pylearn2, computed by `reference.py`. */
const computed: Record<Name, number[]> = {
  dae_l1: [92.11, 26.48, 11.05],
  dae_l2: [64.18, 20.2, 6.36],
  dae_mlp: [0.888, 0.0793, 0.03, 0.0193],
};
/**
 * Standard deviations when only the noise is drawn from another stream, measured by
 * `npm run reproduce -- stacked_autoencoders_as_logged --full --seeds 5`.
 */
const deviations: Record<Name, number[]> = {
  dae_l1: [0.02, 0.03, 0.03],
  dae_l2: [0.02, 0.03, 0.03],
  dae_mlp: [0.001, 0.001, 0.001, 0.001],
};

/** Each number is one draw and ours another: three standard deviations of their difference. */
const DRAWS = 3 * Math.SQRT2;

function result(name: Name, expected: readonly number[]): Quantity {
  const [channel, title, show] =
    name === 'dae_mlp'
      ? ['valid_y_misclass', 'valid error', percent]
      : ['objective', 'train objective', decimals(2)];
  const points = epochs[name].map((epoch, i) =>
    near(channel, epoch, published[name][i], DRAWS * deviations[name][i], expected[i]),
  );
  const isComputed = expected !== published[name];
  return {
    name: isComputed ? `${title} (NumPy: ${expected.map(show).join(', ')})` : title,
    show,
    points,
  };
}

/** The log has a few units more of the eighth digit: its values are means over batches. */
const schedules: Quantity[] = [
  {
    name: 'learning rate',
    show: decimals(8),
    points: [0.04900993, 0.04803949, 0.04708831, 0.01839435].map((rate, i) =>
      near('learning_rate', [1, 2, 3, 50][i], rate, 5e-8),
    ),
  },
  {
    name: 'momentum',
    show: decimals(6),
    points: [0.49999967, 0.50080359, 0.50160605, 0.53935701].map((momentum, i) =>
      near('momentum', [1, 2, 3, 50][i], momentum, 5e-7),
    ),
  },
];

const withNoise = (yaml: string, seed: number) =>
  replace(yaml, /corruption_level: \.\d/, `$&, rng: ${seed}`);

/** The three files; each finds what those before it saved. */
function stages(title: string, expected: typeof published, autoencoder: Partial<Stage>): Stage[] {
  const pretraining = (['dae_l1', 'dae_l2'] as const).map((name) => ({
    ...autoencoder,
    name: `${name}, ${title}`,
    yaml: `${name}.yaml`,
    withNoise,
    quantities: [result(name, expected[name])],
  }));
  const fineTuning = {
    name: `dae_mlp, ${title}`,
    yaml: 'dae_mlp.yaml',
    epochs: 10,
    quantities: [result('dae_mlp', expected.dae_mlp), ...schedules],
  };
  return [...pretraining, fineTuning];
}

function monitorAsLogged(yaml: string): string {
  return replace(yaml, /monitoring_batches: 5/, 'monitoring_batch_size: 100, $&');
}

function drawAsLogged(train: Train): void {
  const { W } = train.model as DenoisingAutoencoder;
  tf.tidy(() => W.assign(W.mul(-0.5)));
}

export const stackedAutoencodersAsLogged: Experiment = {
  name: 'stacked_autoencoders_as_logged',
  stages: stages("as the log's Pylearn2", published, {
    edit: monitorAsLogged,
    prepare: drawAsLogged,
  }),
  note:
    "As the log's Pylearn2: the published log of the autoencoders is older than the Pylearn2 that " +
    "is ported. Its encoders' weights are drawn from half the range with the other sign, and it " +
    'monitors the first 500 examples. What is allowed is what another stream of noise explains: ' +
    'three standard deviations of the difference of two runs, measured over five streams.',
};

export const stackedAutoencoders: Experiment = {
  name: 'stacked_autoencoders',
  stages: stages('as the file says', computed, {}),
  note:
    "As the file says: the files unchanged, by the rules of Pylearn2's last version, of which no " +
    'log was published. What is allowed is around the numbers that NumPy computes by those rules.',
};
