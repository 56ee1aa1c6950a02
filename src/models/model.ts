/** @file What every model is. Port of pylearn2/models/model.py. */
import { function as makeFunction, type SharedVariable, type tf, type Updates } from '../engine';
import { modelBundle } from '../gui';
import type { ModelExtension } from '../model_extensions';
import type { Monitor } from '../monitor';
import { type Batch, type DataSpecs, nullDataSpecs, type Source, type Space } from '../space';
import { displaySymbol, type MimeBundle } from '../utils/display';
import { NumericalError, StateError } from '../utils/errors';
import { NdArray } from '../utils/nd_array';

/** Values to monitor, by channel name: scalars, each a mean over the examples of one batch. */
export type Channels = Record<string, tf.Scalar>;

/** How a model's weight matrix is laid out: 'v' input units, 'h' hidden units. */
export type WeightsFormat = readonly ['v', 'h'] | readonly ['h', 'v'];

/** What every model takes. */
export interface ModelOptions {
  /** Hooks, called in order after the model's own constraints. */
  extensions?: ModelExtension[];
}

/** What is saved of a model beside the options that make it. */
export interface ModelState {
  params: NdArray[];
  monitor?: Monitor;
  pushedMonitors: Record<string, Monitor>;
  tag: Record<string, Record<string, unknown>>;
  yamlSrc?: string;
  datasetYamlSrc?: string;
  optimiser?: Record<string, unknown>;
}

/** Maps inputs to outputs and owns the parameters that training changes. */
export abstract class Model {
  /** Watches training; made by Train. */
  monitor?: Monitor;
  /** Former monitors by name, see `monitor.pushMonitor`. */
  readonly pushedMonitors: Record<string, Monitor> = {};
  /** What extensions remember with the model; plain data, saved with it. */
  readonly tag: Record<string, Record<string, unknown>> = {};
  /** The YAML that made the model. */
  yamlSrc?: string;
  /** The YAML that made the dataset it was trained on. */
  datasetYamlSrc?: string;
  /** State of the optimiser that trains the model, saved with it; plain data and arrays. */
  optimiserState?: () => Record<string, unknown>;
  /** Batch size that the model insists on, if it does. */
  forceBatchSize?: number;
  readonly extensions: readonly ModelExtension[];

  /** @param options - The options of the subclass, kept so that the model can be saved. */
  constructor(protected readonly options: ModelOptions = {}) {
    this.extensions = options.extensions ?? [];
  }

  /** The parameters, owned by the model. */
  abstract getParams(): SharedVariable[];
  abstract getInputSpace(): Space;
  abstract getOutputSpace(): Space;

  /** Where targets live: the output space unless a model says otherwise. */
  getTargetSpace(): Space {
    return this.getOutputSpace();
  }

  getInputSource(): Source {
    return 'features';
  }

  getTargetSource(): Source {
    return 'targets';
  }

  /** Copies of the parameters' values, in their order. */
  getParamValues(): NdArray[] {
    return this.getParams().map((param) => param.getValue());
  }

  setParamValues(values: readonly NdArray[]): void {
    const params = this.getParams();
    if (values.length !== params.length) {
      throw new StateError(
        `setParamValues: expected ${params.length} values, received ${values.length}.`,
      );
    }
    params.forEach((param, i) => param.setValue(values[i]));
  }

  /** All parameters one after the other. */
  getParamVector(): NdArray {
    const values = this.getParamValues();
    const vector = new Float32Array(values.reduce((sum, { size }) => sum + size, 0));
    let offset = 0;
    for (const { data, size } of values) {
      vector.set(data as Float32Array, offset);
      offset += size;
    }
    return new NdArray(vector);
  }

  setParamVector(vector: NdArray): void {
    let offset = 0;
    for (const param of this.getParams()) {
      const data = (vector.data as Float32Array).slice(offset, offset + param.size);
      param.setValue(new NdArray(data, [...param.shape]));
      offset += param.size;
    }
  }

  /** Factors on the learning rate, for the parameters that have one. */
  getLrScalers(): Map<SharedVariable, number> {
    return new Map();
  }

  /**
   * Applies the model's constraints to the parameters' next values, in place.
   * Runs inside compiled functions: tensor operations only.
   */
  modifyUpdates(updates: Updates): void {
    this.constrain(updates);
    for (const extension of this.extensions) extension.postModifyUpdates(updates, this);
  }

  /** The model's own constraints; a subclass overrides this. */
  protected constrain(_updates: Updates): void {}

  /** Applies the constraints to the parameters as they are now. */
  enforceConstraints(): void {
    const enforce = makeFunction(() => {
      const updates: Updates = new Map(this.getParams().map((param) => [param, param]));
      this.modifyUpdates(updates);
      return { outputs: [], updates };
    });
    enforce();
  }

  /**
   * What to monitor on a batch.
   * @param _data - As {@link getMonitoringDataSpecs} says.
   */
  getMonitoringChannels(_data: Batch): Channels {
    return {};
  }

  getMonitoringDataSpecs(): DataSpecs {
    return nullDataSpecs();
  }

  /** Makes the model insist on a batch size. */
  setBatchSize(batchSize: number): void {
    this.forceBatchSize = batchSize;
  }

  /** @throws {@link NumericalError} naming the first parameter that holds NaN or infinity. */
  checkFinite(): void {
    for (const param of this.getParams()) {
      const { data } = param.getValue();
      const bad = (data as Float32Array).find((value) => !Number.isFinite(value));
      if (bad !== undefined) throw new NumericalError(`${bad} in parameter ${param.name}.`);
    }
  }

  /** The options that make this model again. */
  getConfig(): object {
    return this.options;
  }

  /** All parameters that are saved, also those that are held fixed. */
  protected savedParams(): SharedVariable[] {
    return this.getParams();
  }

  /** What training changed: parameters, monitors, tags, state of the optimiser. */
  getState(): Partial<ModelState> {
    return {
      params: this.savedParams().map((param) => param.getValue()),
      monitor: this.monitor,
      pushedMonitors: { ...this.pushedMonitors },
      tag: this.tag,
      yamlSrc: this.yamlSrc,
      datasetYamlSrc: this.datasetYamlSrc,
      optimiser: this.optimiserState?.(),
    };
  }

  /** Takes what {@link getState} gave. */
  setState(state: ModelState): void {
    const { params, monitor, pushedMonitors, tag, yamlSrc, datasetYamlSrc, optimiser } = state;
    this.savedParams().forEach((param, i) => param.setValue(params[i]));
    this.monitor = monitor?.attach(this);
    for (const [name, pushed] of Object.entries(pushedMonitors)) {
      this.pushedMonitors[name] = pushed.attach(this);
    }
    Object.assign(this.tag, tag);
    Object.assign(this, { yamlSrc, datasetYamlSrc });
    if (optimiser) this.optimiserState = () => optimiser;
  }

  /** Layers, their output spaces and numbers of parameters. */
  [displaySymbol](): MimeBundle {
    return modelBundle(this);
  }

  /** Frees the parameters. */
  dispose(): void {
    for (const param of this.getParams()) param.dispose();
  }
}
