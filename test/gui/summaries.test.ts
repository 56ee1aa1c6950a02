import assert from 'node:assert/strict';
import { PNG } from 'pngjs';
import { tf } from '../../src/engine';
import { datasetBundle, modelBundle, summaryBundle } from '../../src/gui';
import { Linear, MLP, Softmax } from '../../src/models/mlp';
import { leaves } from '../support/expect';

describe('gui/summaries', () => {
  it('shows the layers of a model with output spaces and numbers of parameters', () => {
    const model = new MLP({
      nvis: 4,
      layers: [
        new Linear({ dim: 3, layerName: 'h0', irange: 0.1 }),
        new Softmax({ nClasses: 2, layerName: 'y', irange: 0.1 }),
      ],
    });
    const bundle = modelBundle(model);
    const [head, columns, ...rows] = (bundle['text/plain'] as string).split('\n');
    assert.match(head, /^MLP: 23 parameters, input VectorSpace/);
    assert.match(columns, /^layer +class +output +parameters$/);
    // 4 x 3 weights and 3 biases; 3 x 2 weights and 2 biases.
    assert.match(rows[0], /^h0 +Linear +VectorSpace.* 15$/);
    assert.match(rows[1], /^y +Softmax +VectorSpace.* 8$/);
    assert.match(bundle['text/html'] as string, /<td[^>]*>h0<\/td><td[^>]*>Linear<\/td>/);
    // An image, since pages take markup of others to pieces: a box for what goes in, one for each layer.
    const html = bundle['text/html'] as string;
    const image = /<img [^>]*src="data:image\/svg\+xml;base64,([\w+/=]+)"/.exec(html)?.[1] ?? '';
    const drawing = Buffer.from(image, 'base64').toString();
    assert.equal(drawing.match(/<rect /g)?.length, 3);
    assert.doesNotMatch(drawing, /currentColor/, 'which is black in an image, on dark pages too');
    model.dispose();
  });

  it('writes below the boxes of images how large these are, and all else in the table', () => {
    const space = { shape: [28, 28], numChannels: 3, toString: () => 'Conv2DSpace(...)' };
    const model = { getParams: () => [], getInputSpace: () => space, getOutputSpace: () => space };
    const html = modelBundle(model)['text/html'] as string;
    const image = /base64,([\w+/=]+)"/.exec(html)?.[1] ?? '';
    assert.match(Buffer.from(image, 'base64').toString(), />28 x 28 x 3<\/text>/);
    assert.match(html, /<td[^>]*>Conv2DSpace\(...\)<\/td>/);
  });

  it('shows a layer that has no input yet', () => {
    const bundle = modelBundle(new Linear({ dim: 3, layerName: 'h0', irange: 0.1 }));
    assert.match(bundle['text/plain'] as string, /^Linear: 0 parameters, no input space yet$/m);
  });

  const dataset = {
    describe: () => '3 examples of a < b\nsynthetic',
    notice: 'synthetic',
    adjustForViewer: (examples: tf.Tensor) => examples.mul(2).sub(1),
  };

  it('shows a dataset: notice, description, examples as it wants them seen', () => {
    const examples = tf.ones<tf.Rank.R4>([3, 10, 10, 1]);
    const bundle = leaves(0, () => datasetBundle(dataset, examples));
    assert.equal(bundle['text/plain'], 'synthetic\n3 examples of a < b');
    const html = bundle['text/html'] as string;
    assert.ok(html.includes('3 examples of a &lt; b') && html.includes('<img'));
    const image = PNG.sync.read(Buffer.from(bundle['image/png'] as string, 'base64'));
    const inside = (3 * 8 * image.width + 3 * 8) * 4;
    assert.deepEqual([image.data[0], image.data[inside]], [127, 255]);
    examples.dispose();
  });

  it('shows text alone where there is no image', () => {
    const bundle = datasetBundle(dataset);
    assert.deepEqual(Object.keys(bundle).sort(), ['text/html', 'text/plain']);
  });

  it('escapes what tables hold', () => {
    const { 'text/html': html } = summaryBundle({ text: '', table: [['a'], ['<b>&"']] });
    assert.ok((html as string).includes('>&lt;b&gt;&amp;&quot;</td>'));
  });
});
