import assert from 'node:assert/strict';
import { htmlTable } from '../../src/utils/html';
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

  it('draws Vega-Lite specifications, also those that a value knows, live and as a picture', async () => {
    const spec = `{ $schema: 'https://vega.github.io/schema/vega-lite/v6.json', mark: 'bar',
      data: { values: [{ a: 1 }] }, encoding: { x: { field: 'a', type: 'quantitative' } } }`;
    for (const code of [`(${spec})`, `({ toSpec: () => (${spec}) })`]) {
      const { result = {} } = await run(code);
      const live = result['application/vnd.vegalite.v5+json'] as Record<string, unknown>;
      assert.equal(live.$schema, 'https://vega.github.io/schema/vega-lite/v5.json');
      assert.equal(live.mark, 'bar');
      assert.match(String(result['image/svg+xml']), /^<svg[^]*<\/svg>$/);
      assert.equal(result['text/plain'], 'a Vega-Lite chart');
    }
  });

  it('shows arrays of objects as tables', async () => {
    const { result = {} } = await run(`[{ name: '<b>', size: 1 }, { size: 2, more: [3] }]`);
    assert.equal(
      result['text/html'],
      htmlTable(
        ['name', 'size', 'more'],
        [
          ['<b>', '1', ''],
          ['', '2', '[ 3 ]'],
        ],
      ),
    );
    assert.match(String(result['text/plain']), /name: '<b>'/);
    const long = await run('Array.from({ length: 60 }, (_, i) => ({ i }))');
    assert.match(String(long.result?.['text/html']), /<p>60 rows, 1 columns<\/p>$/);
    assert.equal((await run('[[1], [2]]')).result?.['text/html'], undefined);
  });

  it('shows again what a cell has shown, as it looks in the end', async () => {
    const code = `console.log('a'); const late = display('before'); console.error('b'); 'value'`;
    const { reply } = await run(code);
    await run("late.update('after')");
    const { messages } = await run(`replay(${reply.execution_count})`);
    const seen = messages.slice(2, -1).map(({ content }) => {
      const { name, text, data } = content as { name?: string; text?: string; data?: object };
      return name === undefined ? data : [name, text];
    });
    assert.deepEqual(seen, [
      ['stdout', 'a\n'],
      { 'text/plain': "'after'" },
      ['stderr', 'b\n'],
      { 'text/plain': "'value'" },
    ]);
    await run("console.log('gone'); clearOutput(true); console.log('left')");
    assert.equal((await run('replay()')).stdout, 'left\n');
    assert.match((await run('replay(12345)')).error?.evalue ?? '', /Nothing is known of 12345/);
  });

  it('reports a value that cannot show itself', async () => {
    const { error } = await run(`({ ${SHOWN}() { throw new Error('no picture'); } })`);
    assert.equal(error?.evalue, 'no picture');
  });
});
