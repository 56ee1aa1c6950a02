/** @file Pictures of what trained models do. No counterpart in Pylearn2. */
export { showReconstructions, type ShowReconstructionsOptions } from './show_reconstructions';
