/** @file How a model's weights and activations are spread now, as histograms by name. */
import { function as makeFunction, tf } from '../engine';
import type { Model } from '../models';
import { type Histogram, histogramOf } from '../plots';
import type { Batch } from '../space';

/** Histograms by the names of what was counted. */
export type Spreads = Record<string, Histogram>;

/** Bins of a histogram at least and at most. */
const [FEWEST, MOST] = [6, 32];

/** As many bins as show something: twice the cube root of how many numbers there are. */
function spreadOf(values: ArrayLike<number>): Histogram {
  const bins = Math.ceil(2 * Math.cbrt(values.length));
  return histogramOf(values, Math.max(FEWEST, Math.min(MOST, bins)));
}

/** Of each parameter. */
export function weightSpreads(model: Model): Spreads {
  const entries = model.getParams().map((param, i) => {
    const { data } = param.getValue();
    return [param.name || `parameter ${i + 1}`, spreadOf(data as Float32Array)] as const;
  });
  return Object.fromEntries(entries);
}

/** What may give activations. */
interface Active extends Model {
  readonly layers?: readonly Model[];
  states?(inputs: Batch): Batch[];
  encode?(inputs: Batch): tf.Tensor;
  decode?(codes: tf.Tensor): tf.Tensor;
}

/** What a model computes from a batch: each layer's output, or an autoencoder's code. */
function activationsOf(model: Active, inputs: Batch): Record<string, Batch> {
  if (model.layers && model.states) {
    const states = model.states(inputs);
    const names = model.layers.map((layer) => (layer as { layerName?: string }).layerName ?? '');
    return Object.fromEntries(names.map((name, i) => [name || `layer ${i + 1}`, states[i]]));
  }
  if (!model.encode || !model.decode) return {};
  const code = model.encode(inputs);
  return { code, reconstruction: model.decode(code) };
}

/** All numbers of a batch, which may have several parts. */
function flat(batch: Batch): tf.Tensor1D {
  const parts = [batch].flat(Infinity as 1) as tf.Tensor[];
  return tf.concat(parts.map((part) => part.cast('float32').flatten())) as tf.Tensor1D;
}

/** Reads the activations of a model for a batch in its input space; compiled by and by. */
export type ActivationReader = (inputs: Batch) => Spreads;

/** Makes what reads the activations of a model. */
export function activationReader(model: Model): ActivationReader {
  let names: string[] = [];
  const step = makeFunction(
    (...inputs: tf.Tensor[]) => {
      const batch = inputs.length === 1 ? inputs[0] : inputs;
      const activations = activationsOf(model, batch);
      names = Object.keys(activations);
      return { outputs: Object.values(activations).map(flat) };
    },
    { name: 'pictures.activations' },
  );
  return (inputs) => {
    const outputs = step(...([inputs].flat(Infinity as 1) as tf.Tensor[]));
    const histograms = outputs.map((output) => spreadOf(output.dataSync()));
    tf.dispose(outputs);
    return Object.fromEntries(names.map((name, i) => [name, histograms[i]]));
  };
}
