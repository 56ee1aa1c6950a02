/** @file Costs of autoencoders. Mirrors pylearn2/costs/autoencoder.py. */
export {
  MeanBinaryCrossEntropy,
  MeanSquaredReconstructionError,
  type Reconstructing,
  GSNFriendlyCost,
} from './reconstruction';
export {
  SampledMeanBinaryCrossEntropy,
  SampledMeanSquaredReconstructionError,
  type SampledReconstructionOptions,
} from './sampled_reconstruction';
export { type Encoding, SparseActivation, type SparseActivationOptions } from './sparse_activation';
