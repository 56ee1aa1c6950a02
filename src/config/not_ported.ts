/**
 * @file Modules of Pylearn2 that have no counterpart here, and what comes nearest, so that an
 * experiment that names one is told more than that the name is unknown.
 */

const NO_BOLTZMANN =
  'There are no Boltzmann machines here; `models.autoencoder.DenoisingAutoencoder` learns features ' +
  'without labels.';
const ONLY_AUTOENCODERS =
  'Of models that learn without labels those of `models.autoencoder` are here.';
const ONLY_GRADIENTS = 'Only models that are trained by gradients are here.';
const AS_MATRIX =
  'This data set has no loader here: give its numbers to `datasets.DenseDesignMatrix`, for ' +
  'example by `X: !pkl: "X.npy"`.';
const AS_EXTENSION = 'Write it as a class of your own that extends `TrainExtension`.';

/** Dotted names without their root. */
const instead: Readonly<Record<string, readonly string[]>> = {
  [NO_BOLTZMANN]: [
    'models.rbm',
    'models.dbm',
    'costs.dbm',
    'costs.ebm_estimation',
    'energy_functions',
  ],
  [ONLY_AUTOENCODERS]: ['models.vae', 'costs.vae', 'models.gsn', 'costs.gsn'],
  [ONLY_GRADIENTS]: ['kmeans', 'models.kmeans', 'models.svm', 'models.pca'],
  [AS_MATRIX]: [
    ...['avicenna', 'cifar100', 'hdf5', 'hepatitis', 'icml07', 'iris', 'matlab_dataset'],
    ...['mnistplus', 'new_norb', 'norb', 'norb_small', 'ocr', 'sparse_dataset', 'stl10', 'svhn'],
    ...['tfd', 'tl_challenge', 'utlc', 'vector_spaces_dataset', 'wiskott'],
  ]
    .map((name) => `datasets.${name}`)
    .concat('scripts.papers', 'scripts.icml_2013_wrepl'),
  [AS_EXTENSION]: ['roc_auc', 'wmape_channel', 'window_flip', 'plots'].map(
    (name) => `train_extensions.${name}`,
  ),
  'Give the data set itself the preprocessor `datasets.preprocessing.ZCA`.': [
    'datasets.zca_dataset',
  ],
  '`datasets.binarizer.Binarizer` draws binary images from those of `datasets.mnist.MNIST`.': [
    'datasets.binarized_mnist',
  ],
  'A dataset gives the parts by `splitDatasetNfolds`; make a `train.Train` of each.': [
    'cross_validation',
  ],
  'The sandbox was not ported.': ['sandbox'],
};

const byName: ReadonlyMap<string, string> = new Map(
  Object.entries(instead).flatMap(([hint, names]) => names.map((name) => [name, hint])),
);

/**
 * What to do without a module that Pylearn2 has; undefined where nothing is known of it.
 * @param name - Dotted, without its root.
 */
export function withoutModule(name: string): string | undefined {
  return byName.get(name);
}
