/**
 * @file Extensions that training has without being asked: the kernel registers live plots here.
 * Nothing of the kind is in Pylearn2.
 */
import type { TrainExtension } from '../train_extensions';
import type { Train } from './train';

/** Makes fresh extensions for one training. */
export type ExtensionFactory = (train: Train) => TrainExtension[];

let factory: ExtensionFactory = () => [];

/**
 * Says what extensions a training in a notebook has beside its own. They are used when there is a
 * display host, unless the training says `plot: false` or has an extension of the same class.
 */
export function setDefaultExtensions(next: ExtensionFactory): void {
  factory = next;
}

/** The registered extensions for one training. */
export function defaultExtensions(train: Train): TrainExtension[] {
  return factory(train);
}
