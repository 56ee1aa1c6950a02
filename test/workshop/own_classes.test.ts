import assert from 'node:assert/strict';
import { z } from 'zod';
import {
  addRoot,
  Cost,
  Dataset,
  getMonitor,
  Layer,
  Linear,
  type Model,
  type SharedVariable,
  sharedX,
  tf,
  TrainExtension,
} from '../../src';
import { removeRoot } from '../../src/config';
import type { DatasetIterator, IteratorOptions } from '../../src/datasets';
import type { Channels } from '../../src/models';
import type { LayerOptions } from '../../src/models/mlp';
import { type Batch, type Space, VectorSpace } from '../../src/space';
import type { Train } from '../../src/train';
import { optionsOf, type Parsed, parseOptions } from '../../src/utils/options';
import { cloneViaSerialize } from '../../src/utils/serial';
import { compilingAsync } from '../support/compiled';
import { expectClose } from '../support/expect';
import { expectGradient } from '../support/gradients';
import { logged } from '../support/log';
import { load } from '../support/yaml';
import { remembered } from '../contracts/experiment';
import { experiment } from './experiments';

interface GatedOptions extends LayerOptions {
  dim: number;
}

const schema = optionsOf<GatedOptions>()({
  layerName: z.string(),
  dim: z.number().int().positive(),
  extensions: z.array(z.never()).default([]),
});

/** tanh(x W) * sigmoid(g): with a schema, so that options are checked. */
class Gated extends Layer {
  static readonly schema = schema;
  declare protected readonly options: Parsed<typeof schema>;
  private inputSpace?: Space;
  private params: SharedVariable[] = [];

  constructor(options: GatedOptions) {
    super(parseOptions(schema, options, 'lab.Gated'));
  }

  override setInputSpace(space: Space): void {
    const shape = [space.getTotalDimension(), this.options.dim];
    const W = Float32Array.from({ length: shape[0] * shape[1] }, () => this.rng.uniform(-0.3, 0.3));
    this.inputSpace = space;
    this.params = [sharedX(tf.tensor(W, shape), 'W'), sharedX(tf.zeros([shape[1]]), 'g')];
  }

  override getInputSpace(): Space {
    return this.known(this.inputSpace);
  }

  override getOutputSpace(): Space {
    return new VectorSpace({ dim: this.options.dim });
  }

  override getParams(): SharedVariable[] {
    return this.params;
  }

  override fprop(x: Batch): tf.Tensor {
    const [W, g] = this.params;
    return tf.tidy(() => tf.tanh(tf.matMul(x as tf.Tensor2D, W as tf.Tensor2D)).mul(g.sigmoid()));
  }
}

/** A layer of the library with another forward pass: x W + b, times its sigmoid. */
class Swish extends Linear {
  override fprop(x: Batch): tf.Tensor2D {
    return tf.tidy(() => {
      const z = super.fprop(x);
      return z.mul(z.sigmoid());
    });
  }
}

/** A layer of the library with a rectifier that leaks, by a comparison. */
class Leaky extends Linear {
  override fprop(x: Batch): tf.Tensor2D {
    return tf.tidy(() => {
      const z = super.fprop(x);
      return tf.where(z.greater(0), z, z.mul(0.1)) as tf.Tensor2D;
    });
  }
}

/** The squared error of the probabilities; takes options without a schema. */
class Brier extends Cost {
  override readonly supervised = true;

  constructor(private readonly given: { weight: number }) {
    super();
  }

  override expr(model: Model, data: Batch): tf.Scalar {
    const [x, y] = data as [tf.Tensor, tf.Tensor];
    const outputs = (model as unknown as Layer).fprop(x) as tf.Tensor;
    return tf.tidy(() => outputs.sub(y).square().sum(1).mean().mul(this.given.weight));
  }

  override getMonitoringChannels(model: Model, data: Batch): Channels {
    return { brier: this.expr(model, data).div(this.given.weight) };
  }
}

/** Two crossed classes of points, made anew from their number. */
class Crossed extends Dataset {
  constructor(private readonly given: { points: number }) {
    super();
  }

  override getNumExamples(): number {
    return this.given.points;
  }

  override hasTargets(): boolean {
    return true;
  }

  override iterator({ batchSize, numBatches, dataSpecs }: IteratorOptions): DatasetIterator {
    const { points } = this.given;
    const size = batchSize ?? Math.ceil(points / (numBatches ?? 1));
    const count = Math.ceil(points / size);
    return Object.assign(this.batches(size, dataSpecs.sources), {
      numExamples: points,
      numBatches: count,
      batchSize: size,
      uneven: points % size !== 0,
      stochastic: false,
    });
  }

  private *batches(size: number, sources: readonly string[]): Generator<tf.Tensor[], undefined> {
    for (let start = 0; start < this.given.points; start += size) {
      const numbers = Array.from(
        { length: Math.min(size, this.given.points - start) },
        (_, i) => start + i,
      );
      const signs = numbers.map((i) => [i % 2 ? 1 : -1, i % 3 ? 1 : -1]);
      const given: Record<string, number[][]> = {
        features: signs.map(([a, b]) => [a * b, a, b, 1]),
        targets: signs.map(([a, b]) => (a * b > 0 ? [1, 0] : [0, 1])),
      };
      yield sources.map((source) => tf.tensor2d(given[source]));
    }
    return undefined;
  }
}

/** Stops when a channel is low enough. */
class Enough extends TrainExtension {
  epochs?: number;

  constructor(private readonly given: { channelName: string; level: number }) {
    super();
  }

  override onMonitor(model: Model): 'stop' | void {
    const monitor = getMonitor(model);
    if (monitor.channels.get(this.given.channelName).last() > this.given.level) return;
    this.epochs = monitor.getEpochsSeen();
    return 'stop';
  }
}

const YAML = experiment({
  data: '!obj:lab.Crossed { points: 70 }',
  model: `!obj:pylearn2.models.mlp.MLP { nvis: 4, layers: [
    !obj:lab.Gated { layer_name: 'g', dim: 6 },
    !obj:lab.Swish { layer_name: 's', dim: 5, irange: .5, max_col_norm: 2. },
    !obj:lab.Leaky { layer_name: 'l', dim: 5, irange: .5 },
    !obj:pylearn2.models.mlp.Softmax { layer_name: 'y', n_classes: 2, irange: .1 } ] }`,
  cost: '!obj:lab.Brier { weight: 2. }',
  sgd: `monitoring_dataset: { 'seen': *data }, train_iteration_mode: 'sequential',
    learning_rule: !obj:pylearn2.training_algorithms.learning_rule.Adam {},`,
  extensions: "!obj:lab.Enough { channel_name: 'seen_brier', level: .2 }",
  epochs: 60,
});

describe('workshop/own classes: a layer, a cost, a dataset and an extension of one’s own', () => {
  before(() => addRoot('lab', { Gated, Swish, Leaky, Brier, Crossed, Enough }));
  after(() => removeRoot('lab'));

  async function run(on: boolean): Promise<Train> {
    return compilingAsync(on, async () => {
      const train = load<Train>(YAML);
      assert.equal(await train.mainLoop(), 'extension');
      return train;
    });
  }

  it('are named in YAML, compiled without further ado, and saved', async () => {
    const trains: Train[] = [];
    const lines = await logged(async () => trains.push(await run(true), await run(false)));
    assert.deepEqual(lines.filter(({ where }) => where === 'engine'), []); // prettier-ignore
    const [compiled, eager] = trains.map(({ model }) => model);
    expectClose(remembered(compiled), remembered(eager), 1e-4);
    const { epochs } = trains[0].extensions[0] as Enough;
    assert.ok(epochs! > 1 && compiled.monitor!.getEpochsSeen() === epochs);
    expectClose(remembered(cloneViaSerialize(compiled)), remembered(compiled), 0);
  });

  it('have the gradient that finite differences give', () => {
    const { model } = load<Train>(YAML);
    const x = tf.tensor2d([[1, 0.5, -1, 1]]);
    const y = tf.tensor2d([[0, 1]]);
    const cost = new Brier({ weight: 1 });
    expectGradient(() => cost.expr(model, [x, y]), model.getParams());
  });

  it('have their wrong options named', () => {
    assert.throws(() => load('!obj:lab.Gated { layer_name: g,\n  dims: 3 }'), {
      reason: '!obj:lab.Gated: no option `dims`. Did you mean `dim`?',
      line: 2,
    });
    assert.throws(() => load("!obj:lab.Swish { layer_name: 's', irang: .1 }"), /`irange`\?/);
    assert.throws(() => load('!obj:lab.Gate { layer_name: g }'), /Did you mean `Gated`\?/);
  });
});
