import assert from 'node:assert/strict';
import type { KernelClient } from '../support/kernel_client';
import { sharedKernel } from '../support/shared_kernel';

interface Opening {
  comm_id: string;
  target_name: string;
  data: { state: Record<string, unknown> };
}

/** The comm that a widget of a cell has opened, by the name of its page side. */
async function opened(kernel: KernelClient, model: string): Promise<Opening> {
  const find = () =>
    kernel.published
      .filter(({ header }) => header.msg_type === 'comm_open')
      .map(({ content }) => content as unknown as Opening)
      .findLast(({ data }) => data.state?._model_name === model);
  await kernel.until(() => find() !== undefined);
  return find() as Opening;
}

const TRAINING = `const samples = Array.from({ length: 40 }, (_, i) => [i % 2, 1, i / 40]);
const dataset = new DenseDesignMatrix({
  X: samples, y: samples.map(([label]) => label), yLabels: 2,
});
const endless = new Train({
  dataset,
  model: new SoftmaxRegression({ nvis: 3, nClasses: 2, irange: 0 }),
  algorithm: new SGD({ learningRate: 0.5, batchSize: 2, monitoringDataset: dataset }),
  plot: false,
});
const controls = widgets.trainingControls(endless);
controls`;

describe('kernel: widgets', () => {
  it('show themselves as views of a model that the page is told of', async () => {
    const kernel = await sharedKernel();
    const code =
      "const speed = widgets.slider({ label: 'speed', min: 1, max: 100, value: 10 }); speed";
    const { result = {} } = await kernel.run(code);
    const { comm_id, target_name, data } = await opened(kernel, 'FloatSliderModel');
    assert.equal(target_name, 'jupyter.widget');
    assert.deepEqual([data.state.min, data.state.max, data.state.value], [1, 100, 10]);
    const view = { version_major: 2, version_minor: 0, model_id: comm_id };
    assert.deepEqual(result['application/vnd.jupyter.widget-view+json'], view);
    assert.ok(result['text/plain']);
  });

  it('take what the person sets, set what the cell wants, and tell their state', async () => {
    const kernel = await sharedKernel();
    const { comm_id } = await opened(kernel, 'FloatSliderModel');
    await kernel.run('let seen = 0; speed.onValue((value) => { seen = value; });');
    kernel.tell('comm_msg', { comm_id, data: { method: 'update', state: { value: 42 } } });
    assert.equal((await kernel.run('[seen, speed.value]')).result?.['text/plain'], '[ 42, 42 ]');
    await kernel.run('speed.value = 7');
    const told = () => kernel.published.findLast(({ header }) => header.msg_type === 'comm_msg');
    assert.deepEqual(told()?.content, {
      comm_id,
      data: { method: 'update', state: { value: 7 }, buffer_paths: [] },
    });
    const id = kernel.tell('comm_msg', { comm_id, data: { method: 'request_state' } });
    // The page takes for the answer what names its question as the parent.
    const answer = () => kernel.of(id).find(({ header }) => header.msg_type === 'comm_msg');
    await kernel.until(() => answer() !== undefined);
    const { data } = answer()?.content as unknown as Opening;
    assert.equal(data.state._view_name, 'FloatSliderView');
    assert.equal(data.state.value, 7);
  });

  it('are told of, as they stand, to a page that is opened again', async () => {
    const kernel = await sharedKernel();
    const { comm_id: slider } = await opened(kernel, 'FloatSliderModel');
    await kernel.run("const gone = widgets.button('x'); gone");
    const { comm_id: button } = await opened(kernel, 'ButtonModel');
    await kernel.run('gone.close()');
    const comm_id = 'reopened';
    kernel.tell('comm_open', { comm_id, target_name: 'jupyter.widget.control', data: {} });
    kernel.tell('comm_msg', { comm_id, data: { method: 'request_states' } });
    const answer = () => kernel.published.findLast(({ content }) => content.comm_id === comm_id);
    await kernel.until(() => answer() !== undefined);
    const { states, method } = answer()?.content.data as {
      method: string;
      states: Record<string, { model_name: string; state: { value: number } }>;
    };
    assert.equal(method, 'update_states');
    assert.equal(states[slider].model_name, 'FloatSliderModel');
    assert.equal(states[slider].state.value, 7);
    assert.ok(!(button in states), 'a closed widget is still told of');
    kernel.tell('comm_close', { comm_id, data: {} });
  });

  it('act on a training that runs: the rate is set, and it is stopped', async () => {
    const kernel = await sharedKernel();
    await kernel.run(TRAINING);
    const rate = await opened(kernel, 'FloatLogSliderModel');
    const stop = await opened(kernel, 'ButtonModel');
    assert.equal(rate.data.state.value, 0.5);
    const { done } = kernel.start(
      `[await endless.mainLoop(), (endless.algorithm as SGD).learningRate.getValue().data[0]]`,
    );
    const { comm_id } = rate;
    kernel.tell('comm_msg', { comm_id, data: { method: 'update', state: { value: 0.25 } } });
    const click = { method: 'custom', content: { event: 'click' } };
    await new Promise((resolve) => setTimeout(resolve, 500));
    kernel.tell('comm_msg', { comm_id: stop.comm_id, data: click });
    assert.equal((await done).result?.['text/plain'], "[ 'interrupted', 0.25 ]");
  });

  it('shows what a training has learned whenever it is asked', async () => {
    const kernel = await sharedKernel();
    const { result = {} } = await kernel.run('endless');
    assert.ok('application/vnd.vegalite.v5+json' in result);
    assert.match(String(result['text/plain']), /^Train: SoftmaxRegression on .*epochs/);
  });
});
