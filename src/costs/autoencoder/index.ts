/** @file Costs of autoencoders. Mirrors pylearn2/costs/autoencoder.py. */
export {
  MeanBinaryCrossEntropy,
  MeanSquaredReconstructionError,
  type Reconstructing,
} from './reconstruction';
export { type Encoding, SparseActivation, type SparseActivationOptions } from './sparse_activation';
