/** @file A cheap look at whether training went astray. */
import { function as makeFunction, type SharedVariable, tf } from '../engine';
import { NumericalError } from '../utils/errors';

/** Makes a check that reads one small tensor, however many and large the parameters are. */
export function finiteCheck(where: string, params: readonly SharedVariable[]): () => void {
  const look = makeFunction(
    () => ({ outputs: tf.stack(params.map((param) => tf.isFinite(param).all())) }),
    { name: `${where}.checkFinite` },
  );
  return () => {
    const finite = tf.tidy(() => look().dataSync());
    const bad = params.filter((_, i) => !finite[i]).map(({ name }) => name);
    if (bad.length > 0) throw new NumericalError(`${where}: NaN or infinity in ${bad.join(', ')}.`);
  };
}
