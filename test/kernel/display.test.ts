import assert from 'node:assert/strict';
import { sharedKernel } from '../support/shared_kernel';

const run = async (code: string) => (await sharedKernel()).run(code);
const SHOWN = `[Symbol.for('Jupyter.display')]`;

describe('kernel: display', () => {
  it('shows a value by its own bundle, with text added', async () => {
    const { result } = await run(
      `class Bold { ${SHOWN}() { return { 'text/html': '<b>x</b>' }; } }\nnew Bold()`,
    );
    assert.deepEqual(result, { 'text/html': '<b>x</b>', 'text/plain': 'Bold {}' });
  });

  it('waits for an asynchronous bundle and sends bytes as base64', async () => {
    const { result } = await run(
      `({ async ${SHOWN}() { await null; return { 'image/png': new Uint8Array([1, 2]), 'text/plain': 'p' }; } })`,
    );
    assert.deepEqual(result, { 'image/png': 'AQI=', 'text/plain': 'p' });
  });

  it('updates a display in place, also from a later cell, on behalf of the first', async () => {
    const kernel = await sharedKernel();
    const first = kernel.start("const place = display('one', { id: 'spot' });");
    const { displays } = await first.done;
    assert.deepEqual(displays, [
      { data: { 'text/plain': "'one'" }, metadata: {}, transient: { display_id: 'spot' } },
    ]);
    await kernel.run("place.update('two')");
    await kernel.until(() =>
      kernel.of(first.id).some(({ header }) => header.msg_type === 'update_display_data'),
    );
    const update = kernel
      .of(first.id)
      .find(({ header }) => header.msg_type === 'update_display_data');
    assert.deepEqual(update?.content, {
      data: { 'text/plain': "'two'" },
      metadata: {},
      transient: { display_id: 'spot' },
    });
  });

  it('draws anew wherever an id is shown', async () => {
    const { messages } = await run("display('three', { id: 'spot', update: true });");
    assert.ok(messages.some(({ header }) => header.msg_type === 'update_display_data'));
  });

  it("lets tslab's own display work", async () => {
    const { displays } = await run(
      "import * as tslab from 'tslab'; tslab.display.html('<i>x</i>')",
    );
    assert.deepEqual(displays[0].data, { 'text/html': '<i>x</i>' });
  });

  it('reports a value that cannot show itself', async () => {
    const { error } = await run(`({ ${SHOWN}() { throw new Error('no picture'); } })`);
    assert.equal(error?.evalue, 'no picture');
  });
});
