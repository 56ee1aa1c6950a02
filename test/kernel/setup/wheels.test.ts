import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  ended,
  fakePython,
  type PythonAnswer,
  root,
  runNode,
  startNode,
} from '../../support/setup';
import { temporaryFolder } from '../../support/temporary';

const wheelsModule = JSON.stringify(join(root, 'kernel', 'setup', 'engine', 'wheels.js'));
const PYTHON: PythonAnswer = { version: [3, 12, 1], venv: true, pip: true };
const WHOLE = 'the whole wheel';
const wheel = {
  name: 'thing',
  version: '1.0',
  file: 'thing-1.0-py3-none-any.whl',
  sha256: createHash('sha256').update(WHOLE).digest('hex'),
};

/** JavaScript for the fake pip: writes the wheel. */
const writing = (content: string): string =>
  `fs.writeFileSync(dest + '/${wheel.file}', ${JSON.stringify(content)});`;

/** JavaScript for the fake pip: takes longer than any test waits. */
const HANGING = 'setTimeout(() => {}, 10_000);';

/** Waits until `there()` is true. */
async function until(there: () => boolean): Promise<void> {
  while (!there()) await new Promise((resolve) => setTimeout(resolve, 20));
}

describe('kernel/setup/engine/wheels', () => {
  const path = temporaryFolder();

  /** The environment in which `pip` plays pip. */
  function withPip(name: string, pip: string): NodeJS.ProcessEnv {
    return { TSLEARN2_PYTHON: fakePython(path(name), PYTHON, pip) };
  }

  /** A program that calls one function of the module and prints its result or failure. */
  function calling(call: string): string[] {
    const program = `const wheels = require(${wheelsModule});
      ${call}.then((file) => console.log('got ' + file), (error) => {
        console.log(error.message);
        console.log('advice: ' + error.advice);
        process.exitCode = 1;
      });`;
    return ['-e', program];
  }

  const downloading = (folder: string): string[] =>
    calling(`wheels.download(${JSON.stringify(wheel)}, ${JSON.stringify(folder)})`);
  const fetching = (engines: string): string[] =>
    calling(`wheels.fetchTensorflow('cpu', ${JSON.stringify(engines)})`);

  it('takes a wheel whose hash is right', async () => {
    const { out } = await runNode(downloading(path('right')), withPip('pip1', writing(WHOLE)));
    assert.equal(out, `got ${join(path('right'), wheel.file)}\n`);
    assert.equal(readFileSync(join(path('right'), wheel.file), 'utf8'), WHOLE);
  });

  it('refuses a wheel whose hash is wrong, names both hashes and keeps nothing', async () => {
    const env = withPip('pip2', writing('half of it'));
    const { status, out } = await runNode(downloading(path('wrong')), env);
    const received = createHash('sha256').update('half of it').digest('hex');
    assert.equal(status, 1);
    assert.match(out, new RegExp(`${wheel.sha256} was expected, ${received} received`));
    assert.equal(existsSync(path('wrong')), false);
  });

  it('says what to do when pip does not reach its index', async () => {
    const pip = `console.error('ERROR: Max retries exceeded with url'); process.exit(1);`;
    const { status, out } = await runNode(downloading(path('offline')), withPip('pip3', pip));
    assert.equal(status, 1);
    assert.match(out, /could not be reached[^]*Max retries[^]*advice: check the network/);
  });

  it('never takes an interrupted download for a whole one', async () => {
    const engines = path('engines');
    mkdirSync(engines);
    const pip = `${writing('half of it')} ${HANGING}`;
    const killed = startNode(fetching(engines), withPip('pip4', pip));
    const part = (): string | undefined =>
      readdirSync(engines, { recursive: true })
        .map(String)
        .find((name) => name.endsWith(wheel.file));
    await until(() => part() !== undefined);
    killed.kill('SIGKILL');
    await once(killed, 'exit');
    assert.deepEqual(
      readdirSync(engines).filter((name) => !name.endsWith('.partial')),
      [],
    );
    const again = await runNode(fetching(engines), withPip('pip5', ''));
    assert.equal(again.status, 1);
    assert.match(again.out, /nothing received/);
    assert.equal(part(), undefined);
  });

  it('passes a signal on to pip and ends', async () => {
    const note = (name: string): string => `fs.writeFileSync(${JSON.stringify(path(name))}, '');`;
    const pip = `process.once('SIGTERM', () => { ${note('told')} process.exit(); });
      ${note('begun')} ${HANGING}`;
    const program = downloading(path('signal'));
    program[1] = `require(${JSON.stringify(join(root, 'kernel', 'setup', 'run.js'))}).endOnSignals();
      ${program[1]}`;
    const child = startNode(program, withPip('pip6', pip));
    const done = ended(child);
    await until(() => existsSync(path('begun')));
    child.kill('SIGTERM');
    assert.equal((await done).status, 143);
    await until(() => existsSync(path('told')));
  });
});
