/** @file The formula of LinearDecay and LinearDecayOverEpoch. Port of pylearn2's sgd.py. */

/** Where a linear schedule begins and ends, in batches or epochs, and at what share. */
export interface LinearSchedule {
  start: number;
  saturate: number;
  decayFactor: number;
}

/** The learning rate at time `count` of a schedule that begins with `base`. */
export function linearlyDecayed(
  base: number,
  count: number,
  { start, saturate, decayFactor }: LinearSchedule,
): number {
  if (count < start) return base;
  if (count >= saturate) return base * decayFactor;
  const step = (base - base * decayFactor) / (saturate - start + 1);
  return base - step * (count - start + 1);
}
