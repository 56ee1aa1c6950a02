import assert from 'node:assert/strict';
import { sharedKernel } from '../support/shared_kernel';

const run = async (code: string, options = {}) => (await sharedKernel()).run(code, options);

/** Runs a cell that asks once. */
async function asking(code: string, answer: string) {
  const kernel = await sharedKernel();
  const before = kernel.questions.length;
  const { done } = kernel.start(code, { allow_stdin: true });
  await kernel.until(() => kernel.questions.length > before);
  kernel.answer(answer);
  return { question: kernel.questions.at(-1), ...(await done) };
}

describe("kernel: the kernel's own names", () => {
  it('asks for a line of text, also a hidden one', async () => {
    const { question, result } = await asking("await prompt('Name?')", 'Ada');
    assert.deepEqual(question, { prompt: 'Name?', password: false });
    assert.equal(result?.['text/plain'], "'Ada'");
    const hidden = await asking("await prompt('Key?', { password: true })", 'x');
    assert.equal(hidden.question?.password, true);
  });

  it('asks for yes or no', async () => {
    assert.equal((await asking("await confirm('Go on?')", 'Yes')).result?.['text/plain'], 'true');
    assert.equal((await asking("await confirm('Go on?')", '')).result?.['text/plain'], 'false');
  });

  it('asks one question after another', async () => {
    const kernel = await sharedKernel();
    const before = kernel.questions.length;
    const { done } = kernel.start("await Promise.all([prompt('a'), prompt('b')])");
    for (const [i, answer] of ['one', 'two'].entries()) {
      await kernel.until(() => kernel.questions.length > before + i);
      kernel.answer(answer);
    }
    assert.equal((await done).result?.['text/plain'], "[ 'one', 'two' ]");
  });

  it('gives a question up when the cell is stopped', async () => {
    const kernel = await sharedKernel();
    const before = kernel.questions.length;
    const { done } = kernel.start("await prompt('unanswered')");
    await kernel.until(() => kernel.questions.length > before);
    await kernel.request('interrupt_request', {}, 'control');
    assert.equal((await done).reply.ename, 'Interrupted');
    assert.equal((await asking("await prompt('next')", 'x')).result?.['text/plain'], "'x'");
  });

  it('says so when there is nobody to answer', async () => {
    const { error } = await run("await prompt('Name?')", { allow_stdin: false });
    assert.match(error?.evalue ?? '', /nobody to answer "Name\?"/);
  });

  it('clears the output, now or when the next comes', async () => {
    const { messages } = await run('clearOutput(); clearOutput(true)');
    const cleared = messages.filter(({ header }) => header.msg_type === 'clear_output');
    assert.deepEqual(
      cleared.map(({ content }) => content),
      [{ wait: false }, { wait: true }],
    );
  });

  it('shows HTML, Markdown and SVG, one within another', async () => {
    const { result } = await run('html`<i>${html`<b>${1 + 1}</b>`}</i>`');
    assert.deepEqual(result, {
      'text/html': '<i><b>2</b></i>',
      'text/plain': '<i><b>2</b></i>',
    });
    assert.equal((await run('svg("<svg/>")')).result?.['image/svg+xml'], '<svg/>');
  });

  it('leaves the backslashes of formulas alone', async () => {
    const { result } = await run('md`$\\\\alpha$ in \\`code\\``');
    assert.equal(result?.['text/markdown'], '$\\\\alpha$ in `code`');
  });

  it('shows the documentation of a name that is asked about', async () => {
    const { reply, messages } = await run('display?');
    const [page] = reply.payload as { source: string; data: Record<string, string> }[];
    assert.equal(page.source, 'page');
    assert.match(page.data['text/markdown'], /Shows a value below the cell/);
    assert.equal(
      messages.some(({ header }) => header.msg_type === 'error'),
      false,
    );
    assert.match((await run('??missing')).stdout, /Nothing is known of missing/);
  });

  it('documents its names', async () => {
    const kernel = await sharedKernel();
    for (const code of ['display', 'clearOutput', 'prompt', 'confirm', 'html', 'md', 'svg']) {
      const { data } = await kernel.request('inspect_request', {
        ...{ code, cursor_pos: code.length, detail_level: 0 },
      });
      const [, docs = ''] = (data as Record<string, string>)['text/markdown'].split('\n```\n');
      assert.ok(docs.trim().length > 20, `${code}: ${docs}`);
    }
  });
});
