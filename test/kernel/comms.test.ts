import assert from 'node:assert/strict';
import type { KernelClient } from '../support/kernel_client';
import { sharedKernel } from '../support/shared_kernel';

const ECHO = `comms.register('echo', (comm, { data }) => {
  comm.send({ opened: data });
  comm.onMessage(({ data }) => comm.send({ heard: data }));
  comm.onClose(() => console.log('closed', comm.id));
});`;

const LISTENING = `let told: unknown[] = [];
const line = comms.connect('page', { data: { hello: 1 } });
line.onMessage(({ data }) => { told.push(data.n); if (data.n === 'bad') throw new Error('deaf'); });`;

/** What a message may hold. */
interface Said {
  comm_id?: string;
  target_name?: string;
  text?: string;
  data?: { opened?: object; heard?: { b: number } };
}

/** Waits for a message of the kernel and gives its content. */
async function published(kernel: KernelClient, type: string, fits: (content: Said) => boolean) {
  const find = () =>
    kernel.published.find(
      ({ header, content }) => header.msg_type === type && fits(content as Said),
    );
  await kernel.until(() => find() !== undefined);
  return find()!.content as Said;
}

describe('kernel: comms', () => {
  it('takes comms that the page opens, answers, and hears their end', async () => {
    const kernel = await sharedKernel();
    await kernel.run(ECHO);
    kernel.tell('comm_open', { comm_id: 'c1', target_name: 'echo', data: { a: 1 } });
    kernel.tell('comm_msg', { comm_id: 'c1', data: { b: 2 } });
    const opened = await published(kernel, 'comm_msg', ({ data }) => data?.opened !== undefined);
    assert.deepEqual(opened, { comm_id: 'c1', data: { opened: { a: 1 } } });
    await published(kernel, 'comm_msg', ({ data }) => data?.heard?.b === 2);
    const list = await kernel.request('comm_info_request', { target_name: 'echo' });
    assert.deepEqual(list, { status: 'ok', comms: { c1: { target_name: 'echo' } } });
    kernel.tell('comm_close', { comm_id: 'c1', data: {} });
    await published(kernel, 'stream', ({ text }) => text === 'closed c1\n');
    const after = await kernel.request('comm_info_request', {});
    assert.deepEqual(after.comms, {});
  });

  it('refuses comms that nobody takes', async () => {
    const kernel = await sharedKernel();
    kernel.tell('comm_open', { comm_id: 'c2', target_name: 'nobody', data: {} });
    await published(kernel, 'comm_close', ({ comm_id }) => comm_id === 'c2');
  });

  it('opens comms to the page, hears them while a cell runs, and closes them', async () => {
    const kernel = await sharedKernel();
    await kernel.run(LISTENING);
    const { comm_id } = await published(kernel, 'comm_open', (c) => c.target_name === 'page');
    const { id, done } = kernel.start(
      'while (told.length < 3) await new Promise((resolve) => setTimeout(resolve, 5)); told',
    );
    await kernel.until(() => kernel.of(id).length > 1);
    for (const n of [1, 'bad', 3]) kernel.tell('comm_msg', { comm_id, data: { n } });
    assert.equal((await done).result?.['text/plain'], "[ 1, 'bad', 3 ]");
    await published(kernel, 'stream', ({ text }) => text?.includes('deaf') === true);
    await kernel.run('line.close()');
    await published(kernel, 'comm_close', (content) => content.comm_id === comm_id);
  });
});
