/**
 * @file Port of pylearn2/training_algorithms/sgd.py (`ExponentialDecay`). Differs: whole numbers
 * are taken as well, since TypeScript does not tell them from others.
 */
import { optionsOf, type Parsed, parseOptions } from '../../utils/options';
import { read } from './learning_rate';
import { numeric } from './numeric';
import type { SGD } from './sgd';
import { UpdateCallback } from './update_callback';

export interface ExponentialDecayOptions {
  /** What the learning rate is divided by after each batch. */
  decayFactor: number | string;
  /** The learning rate never falls below this. */
  minLr: number | string;
}

const schema = optionsOf<ExponentialDecayOptions>()({ decayFactor: numeric, minLr: numeric });

/** After t batches the learning rate is its first value divided by decayFactor^t. */
export class ExponentialDecay extends UpdateCallback {
  static readonly schema = schema;
  private readonly options: Parsed<typeof schema>;
  private base = 0;
  private count = 0;
  /** Once there it stays there, which also spares a power that would overflow. */
  private minReached = false;

  constructor(options: ExponentialDecayOptions) {
    super();
    this.options = parseOptions(schema, options, 'training_algorithms.sgd.ExponentialDecay');
  }

  override call({ learningRate }: SGD): void {
    if (this.count === 0) this.base = read(learningRate);
    this.count += 1;
    learningRate.setValue(this.next());
  }

  override getState(): Record<string, unknown> {
    return { base: this.base, count: this.count, minReached: this.minReached };
  }

  override setState({ base, count, minReached }: Record<string, unknown>): void {
    this.base = base as number;
    this.count = count as number;
    this.minReached = minReached as boolean;
  }

  private next(): number {
    const { decayFactor, minLr } = this.options;
    if (this.minReached) return minLr;
    const decayed = this.base / decayFactor ** this.count;
    this.minReached = decayed <= minLr;
    return this.minReached ? minLr : decayed;
  }
}
