/**
 * @file The library as a notebook or a program sees it. Everything exported here is in scope in
 * every cell. All of Pylearn2's names are under `pylearn2`; the usual ones stand here as well.
 */
import { addRoot, setLibrary } from './config';
import { enableLivePlots } from './live_plots';
import * as pylearn2 from './namespace';
import * as numpy from './numpy';

setLibrary(pylearn2);
addRoot('numpy', numpy);
enableLivePlots();

export { pylearn2 };
export { tf, sharedX, grad, type SharedVariable } from './engine';
export { load } from './load';
export { addRoot, setScope } from './config';
export { serial } from './utils';
export { RandomState } from './utils/rng';
export { NdArray } from './utils/nd_array';
export { instanceOf, optionsOf, parseOptions } from './utils/options';
export { Train } from './train';
export { getMonitor, Monitor } from './monitor';
export { Model } from './models';
export {
  CompositeLayer,
  ConvElemwise,
  ConvRectifiedLinear,
  FlattenerLayer,
  Layer,
  Linear,
  MLP,
  PretrainedLayer,
  RectifiedLinear,
  Sigmoid,
  Softmax,
  Softplus,
  SpaceConverter,
  Tanh,
  WindowLayer,
} from './models/mlp';
export { Autoencoder, DenoisingAutoencoder } from './models/autoencoder';
export { SoftmaxRegression } from './models/softmax_regression';
export { Cost, MethodCost, SumOfCosts } from './costs';
export { Default, L1WeightDecay, WeightDecay } from './costs/mlp';
export { Dropout } from './costs/mlp/dropout';
export { Dataset, DenseDesignMatrix } from './datasets';
export { MNIST } from './datasets/mnist';
export { CompositeSpace, Conv2DSpace, IndexSpace, Space, VectorSpace } from './space';
export { TrainingAlgorithm } from './training_algorithms';
export { BGD } from './training_algorithms/bgd';
export { SGD } from './training_algorithms/sgd';
export { Adam, AdamW, Momentum } from './training_algorithms/learning_rule';
export {
  And,
  ChannelTarget,
  EpochCounter,
  MonitorBased,
  Or,
  TerminationCriterion,
} from './termination_criteria';
export { Histograms, TrainExtension } from './train_extensions';
export { MonitorBasedSaveBest } from './train_extensions/best_params';
export { LivePlot } from './train_extensions/live_plot';
export { MetricsLog } from './train_extensions/metrics_log';
export { plotMonitor, printMonitor, showExamples, showWeights } from './scripts';
export {
  activationHistograms,
  confusionMatrix,
  showPredictions,
  showReconstructions,
  weightHistograms,
} from './pictures';
export { learningCurves, normCurves } from './plots';
export { PatchViewer, tensorBundle } from './gui';
