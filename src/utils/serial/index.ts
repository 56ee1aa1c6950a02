/** @file Saving and loading. Door of pylearn2.utils.serial. */
export { useDirectory, type ClassDirectory, type Named, type Saveable } from './directory';
export { load } from './load';
export { mkdir, save, type SaveOptions } from './save';
export { cloneViaSerialize, fromString, toString } from './strings';
export { readTable } from './readers/table';
