/**
 * @file What gives channels their values. Pylearn2 holds one Theano expression for each channel;
 * here a model or a cost gives all its channels at once, so that they share their computations.
 */
import { rehearse, tf } from '../engine';
import type { Batch, DataSpecs } from '../space';
import { show, ShapeError } from '../utils/errors';
import type { MonitorChannel } from './monitor_channel';

/** Run once for each batch before the values are computed; may change shared variables. */
export type Prereq = (data: Batch) => void;

/** Values by key: scalars on the device, or numbers. */
export type Values = Record<string, tf.Tensor | number>;

/** A source of values. */
export interface Probe {
  /** The channels that it feeds, by the keys of their values. */
  readonly channels: Map<string, MonitorChannel>;
  readonly dataSpecs: DataSpecs;
  readonly prereqs: readonly Prereq[];
  /** Whether the values are numbers: they may change from call to call and are never compiled. */
  readonly onHost: boolean;
  /** Computes the values on a batch laid out as `dataSpecs` says. */
  compute(data: Batch): Values;
}

/** Examples in the batch of zeros on which probes are tried out. */
const TRIAL_SIZE = 2;

function isScalar(value: unknown): value is tf.Scalar {
  return value instanceof tf.Tensor && value.rank === 0;
}

/** @throws {@link ShapeError} unless the value is a scalar. */
export function expectScalar(where: string, name: string, value: unknown): tf.Scalar {
  if (isScalar(value)) return value.dtype === 'float32' ? value : value.cast('float32');
  const came = value instanceof tf.Tensor ? `a tensor of shape [${value.shape}]` : show(value);
  throw new ShapeError(`${where}: expected channel \`${name}\` to be a scalar, received ${came}.`);
}

/** What values a source gives, found by asking it once about a batch of zeros. */
export interface Trial {
  keys: string[];
  onHost: boolean;
}

/**
 * Tries a source out.
 * @throws {@link ShapeError} when a value is neither a scalar tensor nor, if `numbersToo`, a number.
 */
export function tryOut(
  where: string,
  dataSpecs: DataSpecs,
  compute: (data: Batch) => Values,
  numbersToo = false,
): Trial {
  let trial: Trial = { keys: [], onHost: false };
  tf.tidy(() => {
    const values = rehearse(() => compute(dataSpecs.space.getOriginBatch(TRIAL_SIZE)));
    const onHost = numbersToo && Object.values(values).every((value) => typeof value === 'number');
    if (!onHost) for (const key in values) expectScalar(where, key, values[key]);
    trial = { keys: Object.keys(values), onHost };
  });
  return trial;
}
