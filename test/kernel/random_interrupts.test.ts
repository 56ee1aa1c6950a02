import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { RandomState } from '../../src/utils/rng';
import { sharedKernel } from '../support/shared_kernel';

/** INTERRUPTS asks for more than the few of everyday. */
const COUNT = Number(process.env.INTERRUPTS ?? 8);

const TRAINING = `const points = Array.from({ length: 200 }, (_, i) => [i % 2, 1, i / 200]);
const examples = new DenseDesignMatrix({
  X: points, y: points.map(([label]) => label), yLabels: 2,
});
const training = new Train({
  dataset: examples,
  model: new MLP({ nvis: 3, layers: [
    new RectifiedLinear({ layerName: 'h', dim: 20, irange: 0.1 }),
    new Softmax({ layerName: 'y', nClasses: 2, irange: 0 }),
  ] }),
  algorithm: new SGD({ learningRate: 0.01, batchSize: 10, monitoringDataset: examples }),
  plot: false,
});
const health = () => ({
  finite: training.model.getParams().every((p) => p.getValue().data.every(Number.isFinite)),
  scopes: tf.engine().state.scopeStack.length,
  tensors: tf.memory().numTensors,
  batches: getMonitor(training.model).getBatchesSeen(),
});`;

interface Health {
  finite: boolean;
  scopes: number;
  tensors: number;
  batches: number;
}

async function health(): Promise<Health> {
  const { result, error } = await (await sharedKernel()).run('JSON.stringify(health())');
  assert.equal(error, undefined);
  return JSON.parse(String(result?.['text/plain']).slice(1, -1)) as Health;
}

describe('kernel: interrupts at any moment of training', function () {
  this.timeout(60_000 + COUNT * 5_000);

  it(`leaves kernel and model whole after each of ${COUNT}, and training goes on`, async () => {
    const kernel = await sharedKernel();
    await kernel.run(TRAINING);
    const rng = new RandomState(20261124);
    let before: Health | undefined;
    for (let i = 0; i < COUNT; i++) {
      const { id, done } = kernel.start('await training.mainLoop();');
      await kernel.until(() => kernel.of(id).length > 1);
      await sleep(rng.randint(0, 400));
      if (i % 2 === 0) await kernel.request('interrupt_request', {}, 'control');
      else kernel.process.kill('SIGINT');
      const { reply } = await done;
      assert.equal(reply.ename, 'Interrupted', `interrupt ${i}`);
      const now = await health();
      assert.equal(now.finite, true, `interrupt ${i}`);
      assert.equal(now.scopes, 0, `interrupt ${i}`);
      // The first run makes what all later ones use.
      if (before !== undefined && before.batches > 0) {
        assert.ok(now.batches >= before.batches, `interrupt ${i}`);
        assert.ok(now.tensors <= before.tensors + 2, `${before.tensors} -> ${now.tensors} tensors`);
      }
      before = now;
    }
    assert.ok((before as Health).batches > 0);
  });
});
