/** @file The channel `scale_step` and the step that it shows. Port of parts of pylearn2's bgd.py. */
import { StateError } from '../../utils/errors';
import type { Model } from '../../models';
import { getMonitor } from '../../monitor';
import type { TrainingAlgorithm } from '../training_algorithm';

/** An algorithm whose steps can be scaled. */
export interface Scalable {
  scaleStep: number;
}

/** @throws {@link StateError} when the algorithm is not BGD or the like. */
export function scalable(where: string, algorithm: TrainingAlgorithm): Scalable {
  const candidate = algorithm as TrainingAlgorithm & Partial<Scalable>;
  if (typeof candidate.scaleStep === 'number') return candidate as Scalable;
  throw new StateError(`${where}: the algorithm has no step to scale; use it with BGD.`);
}

/** Shows the share of each step that is gone, with the first dataset of the monitor. */
export function addScaleChannel(model: Model, algorithm: Scalable): void {
  const monitor = getMonitor(model);
  monitor.addChannel('scale_step', () => algorithm.scaleStep, {
    dataset: monitor.datasets[0],
    doc: 'share of the way to the found parameters that is gone at each batch',
  });
}
