/** @file Pictures of what trained models do. No counterpart in Pylearn2. */
export { activationHistograms, type ActivationHistogramsOptions } from './activation_histograms';
export { confusionMatrix, type ConfusionMatrixOptions } from './confusion_matrix';
export { type Examples, someExamples } from './examples';
export { remember } from './history';
export { showPredictions, type ShowPredictionsOptions } from './show_predictions';
export { showReconstructions, type ShowReconstructionsOptions } from './show_reconstructions';
export { type ActivationReader, activationReader, type Spreads, weightSpreads } from './spreads';
export { weightHistograms, type WeightHistogramsOptions } from './weight_histograms';
