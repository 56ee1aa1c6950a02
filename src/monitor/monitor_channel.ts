/**
 * @file One watched value and its history. Port of pylearn2/monitor.py (`MonitorChannel`). Differs:
 * how the value is computed is the business of the monitor; a channel is its name and its records.
 */
import { learningCurves } from '../plots';
import { displaySymbol, type MimeBundle } from '../utils/display';
import { StateError } from '../utils/errors';
import { float32Str } from '../utils/python_format';

/** How far training was when a value was recorded. */
export interface Progress {
  batches: number;
  examples: number;
  epochs: number;
  /** Since the monitor was made. */
  seconds: number;
}

/** A channel as plain data: what is saved. */
export interface ChannelState {
  doc: string;
  valRecord: ArrayLike<number>;
  batchRecord: ArrayLike<number>;
  exampleRecord: ArrayLike<number>;
  epochRecord: ArrayLike<number>;
  timeRecord: ArrayLike<number>;
}

const records = ['valRecord', 'batchRecord', 'exampleRecord', 'epochRecord', 'timeRecord'] as const;

/** A value that the monitor follows. The records have one entry for each monitoring. */
export class MonitorChannel {
  /** Mean of the value over the examples of the dataset. */
  readonly valRecord: number[] = [];
  /** Batches, examples and epochs that the model was trained on before each entry. */
  readonly batchRecord: number[] = [];
  readonly exampleRecord: number[] = [];
  readonly epochRecord: number[] = [];
  /** Seconds since the monitor was made. */
  readonly timeRecord: number[] = [];

  constructor(
    readonly name: string,
    /** What the value means, for people. */
    public doc = '',
  ) {}

  /**
   * The latest value.
   * @throws {@link StateError} before the first monitoring.
   */
  last(): number {
    if (this.valRecord.length === 0) {
      throw new StateError(`channel \`${this.name}\` has no value yet: nothing was monitored.`);
    }
    return this.valRecord[this.valRecord.length - 1];
  }

  /** Adds an entry to all records. */
  record(value: number, { batches, examples, epochs, seconds }: Progress): void {
    this.valRecord.push(value);
    this.batchRecord.push(batches);
    this.exampleRecord.push(examples);
    this.epochRecord.push(epochs);
    this.timeRecord.push(seconds);
  }

  /** The channel as plain data, copied. */
  getState(): ChannelState {
    const copy = (name: (typeof records)[number]) => Float64Array.from(this[name]);
    return {
      doc: this.doc,
      valRecord: copy('valRecord'),
      batchRecord: copy('batchRecord'),
      exampleRecord: copy('exampleRecord'),
      epochRecord: copy('epochRecord'),
      timeRecord: copy('timeRecord'),
    };
  }

  /** Replaces doc and records by those of another channel, or its first `length` entries. */
  setState(state: ChannelState, length = state.valRecord.length): void {
    this.doc = state.doc;
    for (const name of records) {
      this[name].length = 0;
      for (let i = 0; i < length; i++) this[name].push(state[name][i]);
    }
  }

  /** Name, number of entries, last value, range. */
  describe(): string {
    const { length } = this.valRecord;
    if (length === 0) return `${this.name}: no values yet`;
    const values = this.valRecord.filter((value) => !Number.isNaN(value));
    const [low, high] = values.reduce(
      ([min, max], value) => [Math.min(min, value), Math.max(max, value)],
      [Infinity, -Infinity],
    );
    const range = values.length > 0 ? `, from ${float32Str(low)} to ${float32Str(high)}` : '';
    return `${this.name}: ${float32Str(this.last())} (${length} values${range})`;
  }

  toString(): string {
    return this.describe();
  }

  /** The channel's curve. */
  async [displaySymbol](): Promise<MimeBundle> {
    const text = { 'text/plain': this.describe() };
    if (this.valRecord.length === 0) return text;
    const curve = learningCurves([this], { channels: [this.name] });
    return { ...(await curve.bundle()), ...text };
  }
}
