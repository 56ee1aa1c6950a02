/** @file Pictures of what trained models do. No counterpart in Pylearn2. */
export { confusionMatrix, type ConfusionMatrixOptions } from './confusion_matrix';
export { showPredictions, type ShowPredictionsOptions } from './show_predictions';
export { showReconstructions, type ShowReconstructionsOptions } from './show_reconstructions';
