/** @file Noise for inputs. Mirrors pylearn2/corruption.py. */
export { Corruptor, type CorruptorOptions } from './corruptor';
export {
  BinomialCorruptor,
  DropoutCorruptor,
  type LevelOptions,
  OneHotCorruptor,
  SaltPepperCorruptor,
} from './masking';
export { GaussianCorruptor, type GaussianCorruptorOptions } from './gaussian_corruptor';
export {
  SmoothOneHotCorruptor,
  type SmoothOneHotCorruptorOptions,
} from './smooth_one_hot_corruptor';
export { BinomialSampler, DummyCorruptor, MultinomialSampler } from './samplers';
export { ComposedCorruptor, type ComposedCorruptorOptions } from './composed_corruptor';
