import assert from 'node:assert/strict';
import { tf, type Updates } from '../../../src/engine';
import {
  CompositeLayer,
  FlattenerLayer,
  type LayerContent,
  Linear,
  MLP,
  PretrainedLayer,
  Sigmoid,
  Softmax,
  SpaceConverter,
  WindowLayer,
} from '../../../src/models/mlp';
import {
  type Axis,
  type Batch,
  CompositeSpace,
  Conv2DSpace,
  type Space,
  VectorSpace,
} from '../../../src/space';
import { cloneViaSerialize } from '../../../src/utils/serial';
import { expectClose, leaves } from '../../support/expect';
import { expectGradient } from '../../support/gradients';
import { load, roundTrip } from '../../support/yaml';

const linear = (layerName: string, dim = 1) => new Linear({ dim, layerName, irange: 0.5 });
const softmax = (layerName: string) => new Softmax({ nClasses: 2, layerName, irange: 0.5 });
const vectors = (dim: number) => new VectorSpace({ dim });
const composite = (...components: Space[]) => new CompositeSpace({ components });
const x = tf.tensor2d([
  [1, 2],
  [3, -1],
]);

describe('models/mlp/space_converter', () => {
  const images = new Conv2DSpace({ shape: [1, 2], channels: 1, axes: ['c', 0, 1, 'b'] });

  it('lays its input out in the other space', () => {
    const layers = [new SpaceConverter({ layerName: 's', outputSpace: images }), softmax('y')];
    const mlp = new MLP({ layers, nvis: 2 });
    const output = layers[0].fprop(x) as tf.Tensor;
    assert.deepEqual(output.shape, [1, 1, 2, 2]);
    expectClose(output, [1, 3, 2, -1]);
    assert.equal(layers[0].getParams().length, 0);
    const data = [x, tf.ones([2, 2])];
    leaves(1, () => mlp.costFromX(data));
    assert.throws(() => mlp.getWeightDecay(1), /SpaceConverter `s` cannot decay its weights/);
  });

  it('comes from YAML and back from its saved form', () => {
    const { copy } = roundTrip<MLP>(`!obj:pylearn2.models.mlp.MLP { nvis: 4, layers: [
      !obj:pylearn2.models.mlp.SpaceConverter { layer_name: 's',
        output_space: !obj:pylearn2.space.Conv2DSpace { shape: [2, 2], num_channels: 1 } } ] }`);
    assert.deepEqual((copy.fprop(tf.ones([3, 4])) as tf.Tensor).shape, [3, 2, 2, 1]);
    assert.throws(
      () => load(`!obj:pylearn2.models.mlp.SpaceConverter { layer_name: s, output_spac: 1 }`),
      /no option `output_spac`. Did you mean `output_space`\?/,
    );
  });
});

describe('models/mlp/window_layer', () => {
  const window = [0, 1, 1, 2];

  it('cuts the window out, its last row and column with it, in any axes', () => {
    const values = tf.tidy(() => tf.range(0, 12).reshape([1, 3, 4, 1]) as tf.Tensor4D);
    const natural = new Conv2DSpace({ shape: [3, 4], channels: 1 });
    for (const axes of [undefined, ['b', 'c', 0, 1], ['c', 0, 1, 'b']] as (Axis[] | undefined)[]) {
      const inputSpace = new Conv2DSpace({ shape: [3, 4], channels: 1, axes });
      const mlp = new MLP({ layers: [new WindowLayer({ layerName: 'w', window })], inputSpace });
      const input = natural.formatAs(values, inputSpace);
      const output = leaves(1, () => mlp.fprop(input)) as tf.Tensor;
      mlp.getOutputSpace().validate(output);
      expectClose(mlp.getOutputSpace().formatAs(output, vectors(4)) as tf.Tensor, [1, 2, 5, 6]);
    }
  });

  it('refuses windows that are none or lie outside, and what are no images', () => {
    const make = (edges: number[], inputSpace: Space) => () =>
      new MLP({ layers: [new WindowLayer({ layerName: 'w', window: edges })], inputSpace });
    const space = new Conv2DSpace({ shape: [2, 3], channels: 1 });
    assert.throws(make([1, 0, 0, 0], space), /`window`: expected first row, first column/);
    assert.throws(make(window, vectors(6)), /WindowLayer `w`: expected a Conv2DSpace/);
    assert.throws(
      make([0, 0, 2, 2], space),
      /the window ends at \(2, 2\), outside of images of 2 x 3/,
    );
  });

  it('comes from YAML and back from its saved form', () => {
    const { copy } = roundTrip<MLP>(`!obj:pylearn2.models.mlp.MLP {
      input_space: !obj:pylearn2.space.Conv2DSpace { shape: [3, 3], num_channels: 2 },
      layers: [ !obj:pylearn2.models.mlp.WindowLayer { layer_name: 'w', window: [1, 1, 2, 1] } ] }`);
    assert.deepEqual(copy.getOutputSpace().getTotalDimension(), 4);
    assert.throws(
      () => load(`!obj:pylearn2.models.mlp.WindowLayer { layer_name: w, windw: [1, 1, 2, 1] }`),
      /no option `windw`. Did you mean `window`\?/,
    );
  });
});

describe('models/mlp/pretrained_layer', () => {
  const content = () => new MLP({ layers: [linear('inner', 3)], nvis: 2 });
  const build = (layerContent: LayerContent, freezeParams = false) => {
    const layers = [
      new PretrainedLayer({ layerName: 'h', layerContent, freezeParams }),
      softmax('y'),
    ];
    return new MLP({ layers, nvis: 2 });
  };

  it('passes its input through the content', () => {
    const inner = content();
    const mlp = build(inner);
    expectClose(mlp.states(x)[0] as tf.Tensor, inner.fprop(x) as tf.Tensor);
    const data = [
      x,
      tf.tensor2d([
        [1, 0],
        [0, 1],
      ]),
    ];
    leaves(1, () => mlp.costFromX(data));
    expectGradient(() => mlp.costFromX(data), mlp.getParams());
    const names = tf.tidy(() => Object.keys(mlp.getMonitoringChannels(data)));
    assert.ok(names.every((name) => name.startsWith('y_')));
    leaves(-4, () => mlp.dispose());
  });

  it('trains the parameters of the content unless they are frozen', () => {
    const names = (mlp: MLP) => mlp.getParams().map(({ name }) => name);
    assert.deepEqual(names(build(content())), ['inner_W', 'inner_b', 'softmax_b', 'softmax_W']);
    assert.deepEqual(names(build(content(), true)), ['softmax_b', 'softmax_W']);
  });

  it('comes back from its saved form with the content as it was', () => {
    for (const frozen of [false, true]) {
      const inner = content();
      inner.getParams()[0].assign(tf.ones([2, 3]));
      const copy = cloneViaSerialize(build(inner, frozen)) as MLP;
      expectClose(copy.states(x)[0] as tf.Tensor, inner.fprop(x) as tf.Tensor, 0);
    }
  });

  it('refuses other inputs than the content’s, and what has no upward pass', () => {
    const layers = [new PretrainedLayer({ layerName: 'h', layerContent: content() })];
    assert.throws(
      () => new MLP({ layers, nvis: 3 }),
      /PretrainedLayer `h`: its content takes VectorSpace\(dim=2\), .* given VectorSpace\(dim=3\)/,
    );
    assert.throws(
      () => load(`!obj:pylearn2.models.mlp.PretrainedLayer { layer_name: h, layer_content: 1 }`),
      /option `layer_content`: expected a model with an upward pass/,
    );
    assert.throws(
      () => load(`!obj:pylearn2.models.mlp.PretrainedLayer { layer_name: h, freeze: 1 }`),
      /no option `freeze`. Did you mean `freeze_params`\?/,
    );
  });
});

describe('models/mlp/composite_layer', () => {
  const sides = () => [linear('a'), softmax('b')];

  it('puts the outputs of its layers side by side', () => {
    const layer = new CompositeLayer({ layerName: 'c', layers: sides() });
    const mlp = new MLP({ layers: [layer], nvis: 2 });
    const outputs = leaves(2, () => mlp.fprop(x)) as tf.Tensor[];
    assert.deepEqual(
      outputs.map(({ shape }) => shape),
      [
        [2, 1],
        [2, 2],
      ],
    );
    expectClose(outputs[0], layer.layers[0].fprop(x) as tf.Tensor);
    assert.ok(mlp.getOutputSpace().equals(composite(vectors(1), vectors(2))));
    assert.deepEqual(
      mlp.getParams().map(({ name }) => name),
      ['a_W', 'a_b', 'softmax_b', 'softmax_W'],
    );
    leaves(-4, () => mlp.dispose());
  });

  it('sums the costs of its layers and has the channels of each under its name', () => {
    const layer = new CompositeLayer({ layerName: 'c', layers: sides() });
    const mlp = new MLP({ layers: [layer], nvis: 2 });
    const y: Batch = [
      tf.tensor2d([[1], [2]]),
      tf.tensor2d([
        [1, 0],
        [0, 1],
      ]),
    ];
    const [a, b] = layer.layers;
    const apart = a.cost(y[0], a.fprop(x)).dataSync()[0] + b.cost(y[1], b.fprop(x)).dataSync()[0];
    expectClose(
      leaves(1, () => mlp.costFromX([x, y])),
      apart,
    );
    expectGradient(() => mlp.costFromX([x, y]), mlp.getParams());
    const names = tf.tidy(() => Object.keys(mlp.getMonitoringChannels([x, y])));
    assert.ok(names.includes('c_a_col_norms_max') && names.includes('c_b_misclass'));
  });

  it('routes inputs to layers: those not listed to all, those with an empty list to none', () => {
    const layer = new CompositeLayer({
      layerName: 'c',
      layers: [linear('a'), linear('b'), linear('c')],
      inputsToLayers: { 0: [0, 2], 1: [] },
    });
    const inputSpace = composite(vectors(2), vectors(3), vectors(4));
    const mlp = new MLP({ layers: [layer], inputSpace, inputSource: ['u', 'v', 'w'] });
    const dims = layer.layers.map((own) => own.getInputSpace().getTotalDimension());
    assert.deepEqual(dims, [6, 4, 6]);
    const parts = [tf.ones([1, 2]), tf.zeros([1, 3]), tf.ones([1, 4])];
    const outputs = mlp.fprop(parts) as tf.Tensor[];
    const [W] = layer.layers[1].getParams();
    expectClose(outputs[1], W.sum());
    assert.deepEqual(mlp.costFromXDataSpecs().source, [['u', 'v', 'w'], 'targets']);
  });

  it('says what is wrong with the routes', () => {
    const make = (inputsToLayers: Record<number, number[]>, inputSpace: Space) => () => {
      const layer = new CompositeLayer({ layerName: 'c', layers: sides(), inputsToLayers });
      return new MLP({ layers: [layer], inputSpace });
    };
    const two = composite(vectors(1), vectors(1));
    assert.throws(
      make({ 0: [0] }, vectors(2)),
      /expected a CompositeSpace .* received VectorSpace/,
    );
    assert.throws(make({ 2: [0] }, two), /there is no input 2, there are 2/);
    assert.throws(make({ 0: [2] }, two), /numbers of layers from 0 to 1, received 2/);
    assert.throws(make({ 0: [0], 1: [0] }, two), /CompositeLayer `c`: `b` gets no input/);
  });

  it('decays, scales and constrains the weights of its layers', () => {
    const a = new Linear({ dim: 1, layerName: 'a', irange: 1, maxColNorm: 1, wLrScale: 0.5 });
    const layer = new CompositeLayer({ layerName: 'c', layers: [a, linear('b')] });
    const mlp = new MLP({ layers: [layer], nvis: 1 });
    a.W!.setValue([[3]]);
    layer.layers[1].getParams()[0].setValue([[2]]);
    expectClose(layer.getWeightDecay(0.1), 0.9 + 0.4);
    expectClose(layer.getWeightDecay([1, 2]), 9 + 8);
    expectClose(layer.getL1WeightDecay([1, 2]), 3 + 4);
    assert.throws(() => layer.getWeightDecay([1]), /expected 2 decay coefficients, received 1/);
    const updates: Updates = new Map([[a.W!, tf.tensor2d([[3]])]]);
    mlp.modifyUpdates(updates);
    expectClose(updates.get(a.W!)!, 1);
    assert.deepEqual([...mlp.getLrScalers().values()], [0.5]);
  });

  it('comes from YAML and back from its saved form', () => {
    const { loaded, copy } = roundTrip<MLP>(`!obj:pylearn2.models.mlp.MLP {
      input_space: !obj:pylearn2.space.CompositeSpace { components: [
        !obj:pylearn2.space.VectorSpace { dim: 2 }, !obj:pylearn2.space.VectorSpace { dim: 3 } ] },
      input_source: ['left', 'right'],
      layers: [ !obj:pylearn2.models.mlp.CompositeLayer { layer_name: 'c',
        inputs_to_layers: { 0: [0], 1: [1] },
        layers: [
          !obj:pylearn2.models.mlp.Tanh { layer_name: 'a', dim: 2, irange: .1 },
          !obj:pylearn2.models.mlp.Tanh { layer_name: 'b', dim: 2, irange: .1 } ] } ] }`);
    const parts = [tf.ones([1, 2]), tf.ones([1, 3])];
    const [got, want] = [copy, loaded].map((model) => model.fprop(parts) as tf.Tensor[]);
    got.forEach((state, i) => expectClose(state, want[i], 0));
    assert.throws(
      () => load(`!obj:pylearn2.models.mlp.CompositeLayer { layer_name: c, layer: [] }`),
      /no option `layer`. Did you mean `layers`\?/,
    );
  });
});

describe('models/mlp/flattener_layer', () => {
  const build = () => {
    const sigmoid = new Sigmoid({ dim: 1, layerName: 'a', irange: 0.5, maxColNorm: 1 });
    const rawLayer = new CompositeLayer({ layerName: 'c', layers: [sigmoid, softmax('b')] });
    const layer = new FlattenerLayer({ rawLayer });
    return { rawLayer, layer, mlp: new MLP({ layers: [layer], nvis: 2 }) };
  };
  const y = tf.tensor2d([
    [1, 1, 0],
    [0, 0, 1],
  ]);

  it('makes the output one vector and takes targets apart for the cost', () => {
    const { mlp, rawLayer } = build();
    const output = leaves(1, () => mlp.fprop(x)) as tf.Tensor;
    assert.deepEqual(output.shape, [2, 3]);
    const states = rawLayer.fprop(x) as tf.Tensor[];
    expectClose(output, tf.concat(states, 1));
    const targets = [y.slice([0, 0], [-1, 1]), y.slice([0, 1], [-1, 2])];
    const cost = leaves(1, () => mlp.costFromX([x, y]));
    expectClose(cost, rawLayer.cost(targets, states));
    expectClose(mlp.cost(y, output), cost);
    expectGradient(() => mlp.costFromX([x, y]), mlp.getParams());
  });

  it('keeps the cost exact where a probability is zero in float32', () => {
    const { mlp } = build();
    mlp.getParams().forEach((param) => param.assign(tf.zeros(param.shape)));
    mlp.getParams()[1].setValue([-300]);
    mlp.getParams()[2].setValue([-400, 0]);
    const first = [x.slice([0, 0], [1, 2]), y.slice([0, 0], [1, 3])];
    expectClose(mlp.costFromX(first), 300 + 400);
  });

  it('has the name, channels, decay and constraints of the raw layer', () => {
    const { mlp, layer, rawLayer } = build();
    assert.equal(layer.layerName, 'c');
    const names = tf.tidy(() => Object.keys(mlp.getMonitoringChannels([x, y])));
    assert.ok(names.includes('c_a_kl') && names.includes('c_b_misclass'));
    expectClose(layer.getWeightDecay([1, 2]), rawLayer.getWeightDecay([1, 2]));
    expectClose(layer.getL1WeightDecay(1), rawLayer.getL1WeightDecay(1));
    const [W] = layer.getParams();
    const updates: Updates = new Map([[W, tf.tensor2d([[3], [4]])]]);
    mlp.modifyUpdates(updates);
    expectClose(updates.get(W)!, [0.6, 0.8]);
    leaves(-4, () => mlp.dispose());
  });

  it('shows the weights of the raw layer', () => {
    const raw = linear('h', 3);
    const mlp = new MLP({ layers: [new FlattenerLayer({ rawLayer: raw })], nvis: 2 });
    assert.deepEqual(mlp.getWeights().shape, [2, 3]);
    assert.deepEqual(mlp.getWeightsFormat(), ['v', 'h']);
    assert.throws(() => mlp.getWeightsTopo(), /cannot show its weights as images/);
  });

  it('comes from YAML and back from its saved form', () => {
    const { loaded, copy } = roundTrip<MLP>(`!obj:pylearn2.models.mlp.MLP { nvis: 2, layers: [
      !obj:pylearn2.models.mlp.FlattenerLayer { raw_layer:
        !obj:pylearn2.models.mlp.CompositeLayer { layer_name: 'c', layers: [
          !obj:pylearn2.models.mlp.Linear { layer_name: 'a', dim: 2, irange: .1 },
          !obj:pylearn2.models.mlp.Linear { layer_name: 'b', dim: 1, irange: .1 } ] } } ] }`);
    expectClose(copy.fprop(x) as tf.Tensor, loaded.fprop(x) as tf.Tensor, 0);
    assert.throws(
      () => load(`!obj:pylearn2.models.mlp.FlattenerLayer { row_layer: 1 }`),
      /no option `row_layer`. Did you mean `raw_layer`\?/,
    );
  });
});
