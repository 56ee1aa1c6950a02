import assert from 'node:assert/strict';
import { sharedKernel } from '../support/shared_kernel';

const run = async (code: string) => (await sharedKernel()).run(code);
const text = async (code: string) => (await run(code)).result?.['text/plain'];

describe('kernel: prelude', () => {
  it('has the library in scope, the same that a cell can import', async () => {
    assert.equal(
      await text("import { MLP as Imported } from 'tslearn2'; Imported === MLP"),
      'true',
    );
    assert.equal(await text('pylearn2.models.mlp.MLP === MLP'), 'true');
    assert.equal(
      await text('typeof load + typeof serial.save + typeof tf.tensor'),
      "'functionfunctionfunction'",
    );
  });

  it('lets a cell declare the names for itself', async () => {
    await run('const serial = 3');
    assert.equal(await text('serial + 1'), '4');
    await run("import { serial } from 'tslearn2'");
    assert.equal(await text('typeof serial.load'), "'function'");
  });

  it('checks the options of classes', async () => {
    const { error } = await run('new Softmax({ nClasses: "ten", layerName: "y", irange: 0 })');
    assert.match(error?.evalue ?? '', /Type 'string' is not assignable to type 'number'/);
  });

  it('shows tensors, and prints none of the lines that TensorFlow logs', async () => {
    const { result, stdout, stderr } = await run('tf.tensor2d([[1, 2], [3, 4]])');
    assert.match(String(result?.['text/plain']), /\[2, 2\]/);
    assert.equal(stdout + stderr, '');
  });

  it('lets YAML name classes that cells have defined', async () => {
    await run(`class GatedLayer extends Linear {}`);
    const code = `load('!obj:GatedLayer { dim: 2, layer_name: h, irange: 0.1 }') instanceof GatedLayer`;
    assert.equal(await text(code), 'true');
  });

  it('shows an error of YAML with its lines, and says it once', async () => {
    const { error } = await run("load('!obj:pylearn2.models.mlp.MPL {}')");
    assert.match(error?.evalue ?? '', /Did you mean `MLP`/);
    assert.equal(error?.traceback.join('\n').split('Did you mean').length, 2);
  });

  it('suggests names of classes that cells have defined', async () => {
    await run(`class PoolingLayer extends Linear {}`);
    const { error } = await run("load('!obj:PolingLayer {}')");
    assert.match(error?.evalue ?? '', /Did you mean `PoolingLayer`/);
  });
});
