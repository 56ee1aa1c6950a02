import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import type { KernelClient } from '../support/kernel_client';
import { sharedKernel } from '../support/shared_kernel';

const SLEEP = 'new Promise((resolve) => setTimeout(resolve, 5))';
const shapes: Record<string, string> = {
  'a synchronous loop': 'while (true) count++;',
  'a synchronous loop after an await': `await ${SLEEP}; while (true) count++;`,
  'a synchronous loop in a timer': `setTimeout(() => { while (true) count++; }, 1); await new Promise(() => {});`,
  'a loop of timers': `for (;;) { count++; await ${SLEEP}; }`,
  'a loop that awaits nothing': 'for (;;) { count++; await null; }',
  'a loop in a function': `async function spin() { for (;;) { count++; await ${SLEEP}; } }\nawait spin();`,
  'an endless iteration': `async function* each() { for (;;) { await ${SLEEP}; yield 1; } }\nfor await (const one of each()) count += one;`,
  'a promise that never settles': 'await new Promise(() => {});',
};

type Stop = (kernel: KernelClient) => unknown;
const byMessage: Stop = (kernel) => kernel.request('interrupt_request', {}, 'control');
const onShell: Stop = (kernel) => kernel.request('interrupt_request', {}, 'shell');
const bySignal: Stop = (kernel) => kernel.process.kill('SIGINT');

async function interrupted(code: string, stop: Stop): Promise<void> {
  const kernel = await sharedKernel();
  const { done } = kernel.start(`const kept = 7; let count = 0;\n${code}`);
  await sleep(150);
  await stop(kernel);
  const { reply } = await done;
  assert.equal(reply.ename, 'Interrupted');
}

async function value(code: string): Promise<unknown> {
  return (await (await sharedKernel()).run(code)).result?.['text/plain'];
}

describe('kernel: interrupts', () => {
  before(async () => {
    await (await sharedKernel()).run('1');
  });

  for (const [name, code] of Object.entries(shapes)) {
    it(`stops ${name} and keeps names and kernel`, async () => {
      await interrupted(code, byMessage);
      const before = await value('[kept, count]');
      assert.match(String(before), /^\[ 7, \d+ \]$/);
      await sleep(60);
      assert.equal(await value('[kept, count]'), before);
      assert.equal(await value(`await ${SLEEP}; 'alive'`), "'alive'");
    });
  }

  for (const [name, code] of Object.entries(shapes)) {
    it(`stops ${name} by signal`, async () => {
      await interrupted(code, bySignal);
      const before = await value('[kept, count]');
      assert.match(String(before), /^\[ 7, \d+ \]$/);
      assert.equal(await value('[kept, count]'), before);
    });
  }

  it('survives many interrupts at once, also when nothing runs', async () => {
    const kernel = await sharedKernel();
    for (const code of ['while (true);', 'await null; while (true);', '0']) {
      for (const stop of [bySignal, byMessage]) {
        const { done } = kernel.start(code);
        await sleep(100);
        const stopped = Array.from({ length: 30 }, () => stop(kernel));
        await done;
        await Promise.all(stopped);
        assert.equal(await value('3'), '3');
      }
    }
    await interrupted(shapes['a synchronous loop'], byMessage);
    assert.equal(await value('kept'), '7');
  });

  for (const stop of [byMessage, bySignal]) {
    it(`stops timers that were set before a synchronous loop, ${stop.name}`, async () => {
      await interrupted('setInterval(() => count++, 5); while (true);', stop);
      const before = await value('count');
      await sleep(60);
      assert.equal(await value('count'), before);
    });
  }

  it('stops the timers that a cell has set, and what it had set off', async () => {
    const timers = `setInterval(() => count++, 5);
      const again = () => setImmediate(() => { count++; again(); });
      again();
      void (async () => { for (;;) { await ${SLEEP}; count++; } })();
      await new Promise(() => {});`;
    await interrupted(timers, byMessage);
    const before = await value('count');
    await sleep(60);
    assert.equal(await value('count'), before);
  });

  it('leaves timers alone that other cells have set', async () => {
    const kernel = await sharedKernel();
    await kernel.run('let ticks = 0; const ticking = setInterval(() => ticks++, 5);');
    await interrupted(shapes['a loop of timers'], byMessage);
    await kernel.run('ticks = 0');
    assert.equal(
      await value(`while (ticks < 3) await ${SLEEP}; clearInterval(ticking); 'on'`),
      "'on'",
    );
  });

  it('hears interrupts on the shell channel', async () => {
    await interrupted(shapes['a loop of timers'], onShell);
    assert.equal(await value('kept'), '7');
  });

  it('does nothing when nothing runs', async () => {
    const kernel = await sharedKernel();
    assert.deepEqual(await kernel.request('interrupt_request', {}, 'control'), { status: 'ok' });
    assert.equal(await value('2'), '2');
  });

  it('lets training reach its border, say how to go on, and go on', async () => {
    const kernel = await sharedKernel();
    await kernel.run(`const rows = Array.from({ length: 40 }, (_, i) => [i % 2, 1, i / 40]);
      const train = new Train({
        dataset: new DenseDesignMatrix({ X: rows, y: rows.map(([label]) => label), yLabels: 2 }),
        model: new SoftmaxRegression({ nvis: 3, nClasses: 2, irange: 0 }),
        algorithm: new SGD({ learningRate: 0.01, batchSize: 2 }),
        plot: false,
      });`);
    for (const attempt of ['first', 'second']) {
      const { done } = kernel.start('await train.mainLoop();');
      await sleep(1000);
      await byMessage(kernel);
      const { stdout, reply } = await done;
      assert.equal(reply.ename, 'Interrupted', attempt);
      assert.match(stdout, /mainLoop\(\)/);
    }
    assert.equal(await value('getMonitor(train.model).getEpochsSeen() > 0'), 'true');
    assert.equal(await value('tf.engine().state.scopeStack.length'), '0');
  });
});
