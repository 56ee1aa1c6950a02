import assert from 'node:assert/strict';
import { sharedKernel } from '../support/shared_kernel';

/** The request with the cursor where `|` stands. */
function at(marked: string) {
  const [before, after] = marked.split('|');
  return { code: before + after, cursor_pos: [...before].length, detail_level: 0 };
}

async function complete(marked: string) {
  const reply = await (await sharedKernel()).request('complete_request', at(marked));
  const { code } = at(marked);
  const typed = [...code].slice(reply.cursor_start as number, reply.cursor_end as number).join('');
  return { matches: reply.matches as string[], typed };
}

async function hover(marked: string) {
  const reply = await (await sharedKernel()).request('inspect_request', at(marked));
  return (reply.data as Record<string, string>)['text/markdown'] ?? '';
}

describe('kernel: help in YAML', () => {
  it('completes modules and classes behind !obj:', async () => {
    assert.deepEqual(await complete('load(`!obj:pylearn2.mod| {}`)'), {
      matches: ['model_extensions', 'models'],
      typed: 'mod',
    });
    const { matches, typed } = await complete('load(`😀: !obj:pylearn2.models.mlp.Soft|max {}`)');
    assert.deepEqual(matches, ['Softmax', 'SoftmaxPool', 'Softplus']);
    assert.equal(typed, 'Softmax');
  });

  it('finds a class wherever it is', async () => {
    const { matches, typed } = await complete('load(`!obj:DenoisingAuto| {}`)');
    assert.deepEqual(matches, ['pylearn2.models.autoencoder.DenoisingAutoencoder']);
    assert.equal(typed, 'DenoisingAuto');
  });

  it('completes classes that cells have defined', async () => {
    await (await sharedKernel()).run('class HomeMade extends Linear {}');
    assert.deepEqual((await complete("load('!obj:HomeM| {}')")).matches, ['HomeMade']);
  });

  it('completes options within the braces of their class', async () => {
    const yaml = `load(\`!obj:pylearn2.train.Train {
      # the data: { and all
      model: !obj:pylearn2.models.mlp.MLP { layers: [ !obj:pylearn2.models.mlp.Softmax {
        n_classes: 10, irange: .0, ir| } ], nvis: 4 }, algo|
    }\`)`;
    assert.deepEqual((await complete(yaml.replace('algo|', ''))).matches, ['irange']);
    assert.deepEqual((await complete(yaml.replace('ir|', ''))).matches, ['algorithm']);
    const { matches } = await complete("load('!obj:pylearn2.models.mlp.Softmax { |')");
    assert.ok(matches.includes('n_classes') && matches.includes('W_lr_scale'), String(matches));
  });

  it('completes options below their class in block style', async () => {
    const lines = [
      'load(`',
      '!obj:pylearn2.train.Train # all of it',
      'dataset: !obj:pylearn2.datasets.mnist.MNIST {',
      '    which_set: train',
      '}',
      'model: &model !obj:pylearn2.models.mlp.MLP',
      '    layers:',
      '      - !obj:pylearn2.models.mlp.Softmax',
      '        layer_name: y',
      '',
      '        # the range of weights',
      '        ir$1',
      '    nv$2',
      'algo$3',
      '`)',
    ];
    const code = lines.join('\n');
    const only = (place: number) => code.replace(`$${place}`, '|').replace(/\n[^\n]*\$\d/g, '');
    assert.deepEqual((await complete(only(1))).matches, ['irange']);
    assert.deepEqual((await complete(only(2))).matches, ['nvis']);
    assert.deepEqual((await complete(only(3))).matches, ['algorithm']);
    const value = 'load(`!obj:pylearn2.models.mlp.MLP\n  nvis: n|`)';
    assert.deepEqual((await complete(value)).matches, []);
    assert.match(
      await hover('load(`!obj:pylearn2.models.mlp.Softmax\n  n_cl|asses: 10`)'),
      /nClasses/,
    );
  });

  it('completes options of classes that cells have defined, and those of the class they extend', async () => {
    await (
      await sharedKernel()
    ).run(
      'class Wavy extends Linear { constructor({ waveLength = 1, ...rest }: any) { super(rest); } }',
    );
    const { matches } = await complete("load('!obj:Wavy { |')");
    assert.ok(matches.includes('wave_length') && matches.includes('W_lr_scale'), String(matches));
  });

  it('leaves values and other strings alone', async () => {
    const { matches } = await complete('load(`!obj:pylearn2.models.mlp.MLP { nvis: n| }`)');
    assert.deepEqual(matches, []);
    assert.ok((await complete('`${parseI|}`')).matches.includes('parseInt'));
  });

  it('shows what the comments say of classes and options', async () => {
    assert.match(
      await hover('load(`!obj:pylearn2.models.mlp.ML|P {}`)'),
      /class MLP[^]*Layers one after/,
    );
    const option = await hover('load(`!obj:pylearn2.models.mlp.Softmax { n_cla|sses: 3 }`)');
    assert.match(option, /nClasses: number[^]*Number of classes/);
    assert.equal(await hover('load(`!obj:pylearn2.models.mlp.MPL| {}`)'), '');
  });
});
