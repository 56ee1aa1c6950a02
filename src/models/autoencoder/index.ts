/** @file Autoencoders. Mirrors pylearn2/models/autoencoder.py. */
export { type Activation, type ActivationName } from './activation';
export { Autoencoder, type AutoencoderOptions } from './autoencoder';
export {
  ContractiveAutoencoder,
  HigherOrderContractiveAutoencoder,
  type HigherOrderContractiveAutoencoderOptions,
} from './contractive_autoencoder';
export {
  DeepComposedAutoencoder,
  type DeepComposedAutoencoderOptions,
  StackedDenoisingAutoencoder,
  type StackedDenoisingAutoencoderOptions,
} from './deep_composed_autoencoder';
export { buildStackedAe, type BuildStackedAeOptions } from './build_stacked_ae';
export { DenoisingAutoencoder, type DenoisingAutoencoderOptions } from './denoising_autoencoder';
export { UntiedAutoencoder, type UntiedAutoencoderOptions } from './untied_autoencoder';
