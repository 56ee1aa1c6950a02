import assert from 'node:assert/strict';
import { once } from 'node:events';
import { KernelClient } from '../support/kernel_client';
import { sharedKernel } from '../support/shared_kernel';

describe('kernel: delivery', () => {
  it('delivers 50,000 lines of one loop whole, in few messages', async () => {
    const kernel = await sharedKernel();
    const { stdout, messages } = await kernel.run('for (let i = 0; i < 50000; i++) console.log(i)');
    const expected = Array.from({ length: 50000 }, (_, i) => `${i}\n`).join('');
    assert.equal(stdout, expected);
    assert.ok(messages.length < 100, `${messages.length} messages`);
  });

  it('speaks as one session, whichever thread speaks: pages drop what another one has said', async () => {
    const kernel = await sharedKernel();
    await kernel.request('kernel_info_request', {});
    await kernel.run("console.log('printed'); 1");
    await kernel.request('comm_info_request', {});
    await kernel.request('interrupt_request', {}, 'control');
    assert.equal(kernel.sessions.size, 1);
  });

  it('sends in fewer messages what a cell that has printed much goes on to print', async () => {
    const kernel = await sharedKernel();
    const { stdout, messages } = await kernel.run(
      `const long = 'x'.repeat(400);
       for (let i = 0; i < 200; i++) {
         console.log(long);
         await new Promise((resolve) => setTimeout(resolve, 10));
       }`,
    );
    assert.equal(stdout.length, 200 * 401);
    const sizes = messages
      .filter(({ header }) => header.msg_type === 'stream')
      .map(({ content }) => String(content.text).length);
    const [first, last] = [sizes[0], Math.max(...sizes)];
    assert.ok(last > 4 * first, `first ${first}, largest ${last} characters`);
  });

  it('keeps the order of stdout, stderr and displays', async () => {
    const kernel = await sharedKernel();
    const { messages } = await kernel.run(
      "console.log('a'); console.error('b'); display('c'); console.log('d');",
    );
    const types = messages.map(({ header, content }) => content.name ?? header.msg_type);
    assert.deepEqual(types.slice(2, -1), ['stdout', 'stderr', 'display_data', 'stdout']);
  });

  it('delivers streams that alternate thousands of times whole, slower than a server would drop', async () => {
    const kernel = await sharedKernel();
    const { stdout, stderr, messages } = await kernel.run(
      'for (let i = 0; i < 5000; i++) { console.log(i); console.error(i); }',
    );
    const expected = Array.from({ length: 5000 }, (_, i) => `${i}\n`).join('');
    assert.equal(stdout, expected);
    assert.equal(stderr, expected);
    assert.ok(messages.length < 3000, `${messages.length} messages`);
  });

  it('gives late output to the cell that started it', async () => {
    const kernel = await sharedKernel();
    const early = kernel.start("setTimeout(() => console.log('late'), 150);");
    await early.done;
    const { stdout } = await kernel.run(
      'await new Promise((resolve) => setTimeout(resolve, 300));',
    );
    assert.equal(stdout, '');
    assert.ok(kernel.of(early.id).some(({ content }) => content.text === 'late\n'));
  });

  it('drops what is malformed or wrongly signed and lives', async () => {
    const kernel = await sharedKernel();
    await kernel.sendRaw(['nonsense']);
    await kernel.sendRaw(['<IDS|MSG>', 'bad', '{}', '{}', '{}', '{}']);
    await kernel.sendRaw(['<IDS|MSG>', '', 'not json', '', '', '']);
    const nested = '['.repeat(100_000);
    await kernel.sendRaw(['<IDS|MSG>', '', nested, nested, nested, nested]);
    assert.equal((await kernel.run('3')).result?.['text/plain'], '3');
  });

  it('drops huge messages, and says what is wrong with requests that lack something', async () => {
    const kernel = await sharedKernel();
    const huge = 'x'.repeat(65 * 1024 * 1024);
    kernel.tell('execute_request', { code: `'${huge}'` });
    for (const type of ['execute_request', 'complete_request', 'inspect_request']) {
      assert.equal((await kernel.request(type, {})).status, 'error', type);
    }
    assert.equal((await kernel.run('5')).result?.['text/plain'], '5');
  });

  it('is not stopped by a request that it does not know', async () => {
    const kernel = await sharedKernel();
    await kernel.sendUnknown();
    assert.equal((await kernel.run('4')).result?.['text/plain'], '4');
  });

  it('loses no output when a cell ends the process', async () => {
    const kernel = await KernelClient.start();
    const gone = once(kernel.process, 'exit');
    const { stdout, reply } = await kernel.run("console.log('last words'); process.exit(3)");
    assert.equal(stdout, 'last words\n');
    assert.equal(reply.status, 'ok');
    assert.deepEqual(await gone, [3, null]);
    await kernel.stop();
  });

  it('ends when asked to, also in the midst of a cell, and says whether it comes back', async () => {
    const kernel = await KernelClient.start();
    kernel.start('while (true);').done.catch(() => undefined);
    await kernel.until(() =>
      kernel.published.some(({ header }) => header.msg_type === 'execute_input'),
    );
    const gone = once(kernel.process, 'exit');
    const reply = await kernel.request('shutdown_request', { restart: true }, 'control');
    assert.deepEqual(reply, { status: 'ok', restart: true });
    await gone;
    await kernel.stop();
  });
});
