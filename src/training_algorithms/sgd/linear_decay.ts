/** @file Port of pylearn2/training_algorithms/sgd.py (`LinearDecay`). */
import { OptionError, optionsOf, type Parsed, parseOptions } from '../../utils/options';
import { read } from './learning_rate';
import { linearlyDecayed } from './linear_decay_formula';
import { numeric } from './numeric';
import type { SGD } from './sgd';
import { UpdateCallback } from './update_callback';

export interface LinearDecayOptions {
  /** Batch at which the learning rate begins to fall; greater than 0. */
  start: number | string;
  /** Batch at which it has fallen as far as it goes; after `start`. */
  saturate: number | string;
  /** How far it falls: the share of its first value that is left. */
  decayFactor: number | string;
}

const schema = optionsOf<LinearDecayOptions>()({
  start: numeric,
  saturate: numeric,
  decayFactor: numeric,
});

const WHERE = 'training_algorithms.sgd.LinearDecay';

/** The learning rate falls in a straight line, batch by batch. */
export class LinearDecay extends UpdateCallback {
  static readonly schema = schema;
  private readonly options: Parsed<typeof schema>;
  private base = 0;
  private count = 0;

  constructor(options: LinearDecayOptions) {
    super();
    this.options = parseOptions(schema, options, WHERE);
    const { start, saturate } = this.options;
    if (start <= 0) refuse('start', `expected more than 0, received ${start}`);
    if (saturate <= start) {
      refuse('saturate', `expected more than start (${start}), received ${saturate}`);
    }
  }

  override call({ learningRate }: SGD): void {
    if (this.count === 0) this.base = read(learningRate);
    this.count += 1;
    learningRate.setValue(linearlyDecayed(this.base, this.count, this.options));
  }

  override getState(): Record<string, unknown> {
    return { base: this.base, count: this.count };
  }

  override setState({ base, count }: Record<string, unknown>): void {
    this.base = base as number;
    this.count = count as number;
  }
}

function refuse(option: string, detail: string): never {
  throw new OptionError(WHERE, [{ option, path: '', problem: 'invalid', detail }], schema.keys);
}
