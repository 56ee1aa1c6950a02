import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { plain } from '../support/kernel_client';
import { sharedKernel } from '../support/shared_kernel';

const run = async (code: string, options = {}) => (await sharedKernel()).run(code, options);
const text = async (code: string) => (await run(code)).result?.['text/plain'];

async function failure(code: string) {
  const { error, reply } = await run(code);
  assert.ok(error !== undefined, `no error from ${code}`);
  assert.equal(reply.ename, error.ename);
  return { ...error, trace: plain(error.traceback.join('\n')) };
}

describe('kernel: values', () => {
  it('shows the value of the last expression with its number', async () => {
    const { messages, reply } = await run('6 * 7');
    const types = messages.map(({ header }) => header.msg_type);
    assert.deepEqual(types, ['status', 'execute_input', 'execute_result', 'status']);
    assert.deepEqual(messages[2].content, {
      execution_count: reply.execution_count,
      data: { 'text/plain': '42' },
      metadata: {},
    });
  });

  it('shows promises, timers and traces without what the kernel hangs on them', async () => {
    assert.equal(await text('Promise.resolve(3)'), 'Promise { 3 }');
    assert.equal(await text('[[Promise.resolve(3)]]'), '[ [ Promise { 3 } ] ]');
    assert.match(String(await text('setTimeout(() => {}, 1)')), /^Timeout \{[^]*_idleTimeout: 1,/);
    assert.doesNotMatch(String(await text('setTimeout(() => {}, 1)')), /Symbol\(kRes|asyncId/);
    const { stderr } = await run('console.trace("here")');
    assert.match(stderr, /^Trace: here\n {4}at In\[\d+\]:1:9\n$/);
  });

  it('lets a cell declare what is global, for all later ones', async () => {
    await run('declare global { var everywhere: number }\nglobalThis.everywhere = 3;');
    await run('const between = 1');
    assert.equal(await text('everywhere.toFixed(1)'), "'3.0'");
  });

  it('shows nothing for undefined and null', async () => {
    assert.equal((await run('undefined')).result, undefined);
    assert.equal((await run('null')).result, undefined);
  });

  it('finds names of earlier cells that stand for a property and its value', async () => {
    await run('const depth = 3; const width = 4');
    assert.equal(
      await text('const height = 5; ({ depth, width, height })'),
      '{ depth: 3, width: 4, height: 5 }',
    );
    assert.equal(
      await text('((depth: string) => ({ depth, width }))("inner")'),
      "{ depth: 'inner', width: 4 }",
    );
  });

  it('keeps names, and lets them be declared anew with another type', async () => {
    await run('const again = 1; class Thing { size = 2 }; enum Hue { Red, Blue }');
    assert.equal(await text('[again, new Thing().size, Hue.Blue]'), '[ 1, 2, 1 ]');
    await run('const again = "text"');
    assert.equal(await text('again.length'), '4');
  });

  it('keeps namespaces', async () => {
    await run('namespace Units { export const inch = 2.54 }');
    await run('const between = 1');
    assert.equal(await text('Units.inch'), '2.54');
    await run('const Units = "text"');
    assert.equal(await text('Units.length'), '4');
  });

  it('awaits at top level in every form, with types', async () => {
    await run(`const two: number = await (async () => 2)();
      if (two > 1) await null;
      let sum = 0;
      for await (const item of [two, 3]) sum += item;`);
    assert.equal(await text('sum.toFixed(1)'), "'5.0'");
  });

  it('takes pasted module code: exports are declarations', async () => {
    await run('export const pasted = 1; export class Pasted { one = pasted }');
    assert.equal(await text('new Pasted().one'), '1');
  });

  it('imports modules of the folder, and reads them again when they have changed', async () => {
    const { folder } = await sharedKernel();
    const file = path.join(folder, 'own.ts');
    writeFileSync(file, 'export const answer: number = 41;');
    assert.equal(await text("import { answer } from './own'; answer"), '41');
    writeFileSync(file, 'export const answer: number = 42;');
    const deadline = Date.now() + 8000;
    let seen: unknown;
    while (seen !== '42' && Date.now() < deadline) {
      await new Promise((resolve) => setTimeout(resolve, 100));
      seen = await text("import { answer } from './own'; answer");
    }
    assert.equal(seen, '42');
  });

  it('evaluates user expressions beside the cell', async () => {
    const user_expressions = { good: '1 + 1', bad: 'missing' };
    const { reply } = await run('0', { user_expressions });
    const { good, bad } = reply.user_expressions as Record<string, Record<string, unknown>>;
    assert.deepEqual(good, { status: 'ok', data: { 'text/plain': '2' }, metadata: {} });
    assert.equal(bad.ename, 'TypeScriptError');
  });

  it('says and counts nothing for a silent cell', async () => {
    const before = (await run('0')).reply.execution_count as number;
    const { messages, reply } = await run('console.log("unheard"); 5', { silent: true });
    assert.deepEqual(new Set(messages.map(({ header }) => header.msg_type)), new Set(['status']));
    assert.equal(reply.execution_count, before);
    assert.equal((await run('0')).reply.execution_count, before + 1);
  });
});

describe('kernel: errors', () => {
  it('marks the place of a thrown error in the lines of the cells', async () => {
    const first = await run('function outer(inner: () => void) {\n  return inner();\n}');
    const { ename, evalue, trace } = await failure(
      'const before = 1;\n\nouter(() => {\n  null!["x"];\n});',
    );
    const at = `In\\[${(first.reply.execution_count as number) + 1}\\]`;
    assert.equal(ename, 'TypeError');
    assert.equal(evalue, "Cannot read properties of null (reading 'x')");
    assert.match(trace, new RegExp(`${at}:4:8\\n  3 \\| outer`));
    assert.match(trace, /→ 4 \| {3}null!\["x"\];\n {4}\| {8}\^/);
    assert.match(trace, new RegExp(`at outer \\(In\\[${first.reply.execution_count}\\]:2:10\\)`));
    assert.match(trace, new RegExp(`at ${at}:3:1$`));
    assert.doesNotMatch(trace, /tslab|dist.kernel|node:/);
  });

  it('maps places behind an await', async () => {
    const { trace } = await failure(
      'await null;\nconst x = [1];\nawait Promise.resolve();\nthrow new RangeError("far");',
    );
    assert.match(trace, /^RangeError: far\nIn\[\d+\]:4:7\n/);
  });

  it('reports each type error once, with line, caret and code, and does not run the cell', async () => {
    const { ename, evalue, trace } = await failure('console.log("no");\nconst n: number = "one";');
    assert.equal(ename, 'TypeScriptError');
    assert.match(
      evalue,
      /^In\[\d+\]:2:7 - Type 'string' is not assignable to type 'number'. \(TS2322\)$/,
    );
    assert.equal(trace.match(/not assignable/g)?.length, 1);
    assert.match(trace, /→ 2 \| const n: number = "one";\n {4}\| {7}\^$/);
  });

  it('checks strictly', async () => {
    const { evalue } = await failure('const maybe = [1].find((x) => x > 5);\nmaybe.toFixed();');
    assert.match(evalue, /TS18048/);
  });

  it('shows only the syntax error of text that cannot be parsed', async () => {
    const { trace } = await failure('const a = [1, 2;\nmissing(a);');
    assert.equal(trace.match(/error TS/g)?.length, 1);
  });

  it('keeps what a failed cell had declared, and forgets what it had not reached', async () => {
    await failure('const reached = 5;\nthrow new Error("stop");\nconst unreached = 6;');
    assert.equal(await text('reached + 1'), '6');
    assert.match((await failure('unreached')).evalue, /Cannot find name 'unreached'/);
  });

  it('leaves names as they were that a failed cell would have declared anew', async () => {
    await run('const net = { size: 3 }; let { depth } = { depth: 2 }; class Kept { one = 1 }');
    await failure('throw 1; const net = "text"; let { depth } = { depth: "" }; class Kept {}');
    assert.equal(await text('net.size + depth + new Kept().one'), '6');
    await failure('const net = await Promise.reject(new Error("no data"));');
    assert.equal(await text('net.size'), '3');
  });

  it('keeps names of a failed cell that may be undefined, and are', async () => {
    await failure('let best: number | undefined; let none = null; throw 1;');
    assert.equal(await text('[best, none]'), '[ undefined, null ]');
  });

  it('shows a message of several lines whole, and causes', async () => {
    const { trace } = await failure(
      'throw new Error("one\\ntwo", { cause: new TypeError("why") })',
    );
    assert.match(trace, /^Error: one\ntwo\n/);
    assert.match(trace, /Caused by:\nTypeError: why/);
  });

  it('shows the frames of endless recursion but once or twice', async () => {
    const { ename, trace } = await failure('(function f(): number { return f() })()');
    assert.equal(ename, 'RangeError');
    assert.match(trace, /at f [^]*\n {4}... and \d+ more of the same$/);
    assert.ok(trace.split('\n').length < 10, trace);
  });

  it('shows thrown values that are no errors', async () => {
    const { ename, evalue } = await failure('throw { code: 3 }');
    assert.deepEqual([ename, evalue], ['Thrown', '{ code: 3 }']);
  });

  it('reports errors that nobody catches in their cell, and lives', async () => {
    const { stderr, reply } = await run(`setTimeout(() => { throw new Error('late') }, 1);
      void Promise.reject(new Error('rejected'));
      await new Promise((resolve) => setTimeout(resolve, 50));`);
    assert.equal(reply.status, 'ok');
    assert.match(plain(stderr), /Error: rejected\nIn\[\d+\]:2/);
    assert.match(plain(stderr), /Error: late\nIn\[\d+\]:1/);
  });

  it('gives up what was queued behind a failed cell, unless told otherwise', async () => {
    const kernel = await sharedKernel();
    const queue = (stop_on_error: boolean) =>
      ['throw new Error("first")', 'globalThis.ran = true'].map((code) =>
        kernel.run(code, { stop_on_error }),
      );
    const stopped = await Promise.all(queue(true));
    assert.deepEqual(
      stopped.map(({ reply }) => reply.status),
      ['error', 'aborted'],
    );
    assert.equal((await kernel.run('throw 1')).reply.status, 'error');
    assert.equal((await kernel.run('"sent when that was known"')).reply.status, 'ok');
    const [, second] = await Promise.all(
      ['throw 1', '"ran"'].map((code) => kernel.run(code, { stop_on_error: false })),
    );
    assert.equal(second.result?.['text/plain'], "'ran'");
    assert.equal((await kernel.run('1')).reply.status, 'ok');
  });
});
