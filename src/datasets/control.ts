/**
 * @file Datasets without their data, for those who only want to know how they are laid out. Port
 * of pylearn2/datasets/control.py.
 */
import { StateError } from '../utils/errors';

const wishes: boolean[] = [];

/** Whether datasets made now load their data. */
export function getLoadData(): boolean {
  return wishes.at(-1) ?? true;
}

/** From now on datasets load their data, or do not, until {@link popLoadData}. */
export function pushLoadData(load: boolean): void {
  wishes.push(load);
}

/** @throws {@link StateError} when nothing was pushed. */
export function popLoadData(): void {
  if (wishes.length === 0) throw new StateError('datasets.control: nothing was pushed.');
  wishes.pop();
}
