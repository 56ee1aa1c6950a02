/**
 * @file Keeping the best parameters. Port of pylearn2/train_extensions/best_params.py
 * (`KeepBestParams`). Differs: it works; the original calls interfaces that Pylearn2 had dropped.
 */
import { z } from 'zod';
import { Cost } from '../../costs';
import { Dataset } from '../../datasets';
import { function as makeFunction, type tf } from '../../engine';
import { Model } from '../../models';
import { DataSpecsMapping } from '../../space';
import { StateError } from '../../utils/errors';
import { breathe } from '../../utils/interrupt';
import type { NdArray } from '../../utils/nd_array';
import { instanceOf, optionsOf, type Parsed, parseOptions } from '../../utils/options';
import { TrainExtension } from '../train_extension';

export interface KeepBestParamsOptions {
  /** The model whose parameters to keep. */
  model: Model;
  /** What to judge it by. */
  cost: Cost;
  /** The examples to compute the cost on. */
  monitoringDataset: Dataset;
  /** Examples in a batch; the mean is over batches, each counting the same. */
  batchSize: number;
}

const where = 'train_extensions.best_params.KeepBestParams';

const schema = optionsOf<KeepBestParamsOptions>()({
  model: instanceOf(Model),
  cost: instanceOf(Cost),
  monitoringDataset: instanceOf(Dataset),
  batchSize: z.number().int().positive(),
});

/** Computes a cost after each monitoring and keeps the parameters of the lowest one. */
export class KeepBestParams extends TrainExtension {
  static readonly schema = schema;
  /** The lowest cost so far; infinite before the first. */
  bestCost = Infinity;
  private readonly options: Parsed<typeof schema>;
  private bestParams: NdArray[];
  private readonly mapping: DataSpecsMapping;
  private readonly cost: (...batch: tf.Tensor[]) => tf.Scalar;

  constructor(options: KeepBestParamsOptions) {
    super();
    this.options = parseOptions(schema, options, where);
    const { model, cost } = this.options;
    this.bestParams = model.getParamValues();
    this.mapping = new DataSpecsMapping(cost.getDataSpecs(model));
    this.cost = makeFunction<tf.Tensor[], tf.Scalar>(
      (...batch) => ({ outputs: this.expression(batch) }),
      { name: where },
    );
  }

  override async onMonitor(): Promise<void> {
    const mean = await this.meanCost();
    if (mean < this.bestCost) {
      this.bestCost = mean;
      this.bestParams = this.options.model.getParamValues();
    }
  }

  /** Copies of the parameters that had the lowest cost, in the model's order. */
  getBestParams(): NdArray[] {
    return this.bestParams;
  }

  override getState(): Record<string, unknown> {
    return { bestCost: this.bestCost, bestParams: this.bestParams };
  }

  override setState({ bestCost, bestParams }: Record<string, unknown>): void {
    this.bestCost = bestCost as number;
    this.bestParams = bestParams as NdArray[];
  }

  private expression(batch: tf.Tensor[]): tf.Scalar {
    const value = this.options.cost.expr(this.options.model, this.mapping.nest(batch));
    if (value === null) throw new StateError(`${where}: the cost has no tractable expression.`);
    return value;
  }

  private async meanCost(): Promise<number> {
    const { monitoringDataset, batchSize } = this.options;
    const dataSpecs = this.mapping.flat;
    let sum = 0;
    let batches = 0;
    for (const batch of monitoringDataset.iterator({ mode: 'sequential', batchSize, dataSpecs })) {
      sum += this.read(batch);
      batches += 1;
      await breathe();
    }
    return sum / batches;
  }

  /** The cost of one batch, whose tensors are disposed of. */
  private read(batch: tf.Tensor[]): number {
    const value = this.cost(...batch);
    const [number] = value.dataSync();
    value.dispose();
    batch.forEach((tensor) => tensor.dispose());
    return number;
  }
}
