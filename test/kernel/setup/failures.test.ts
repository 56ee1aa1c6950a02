import assert from 'node:assert/strict';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Ended, fakePython, runNode, setupModule, smallClone } from '../../support/setup';
import { temporaryFolder } from '../../support/temporary';

interface Advised extends Error {
  advice?: string;
}

const { diagnose, explain } = setupModule<{
  diagnose(what: string, output: string): Advised;
  explain(error: Error): Advised;
}>('failure.js');

describe('kernel/setup says what is wrong and what to do', () => {
  const path = temporaryFolder();
  let clone = '';
  let nothing = '';

  before(() => {
    clone = smallClone(path('clone'));
    nothing = path('nothing');
    mkdirSync(nothing);
  });

  const setUp = (env: NodeJS.ProcessEnv): Promise<Ended> =>
    runNode([join(clone, 'kernel', 'setup', 'setup.js')], env);

  /** Does the engine's step in the clone, with a cache that holds nothing. */
  function makeEngine(env: NodeJS.ProcessEnv): Promise<Ended> {
    const index = JSON.stringify(join(clone, 'kernel', 'setup', 'index.js'));
    const engine = JSON.stringify(join(clone, 'kernel', 'setup', 'engine'));
    const program = `const { main, setUp } = require(${index});
      main(() => setUp({ steps: [require(${engine}).engine] }));`;
    return runNode(['-e', program], { XDG_CACHE_HOME: path('cache'), ...env });
  }

  it('without Python, before anything is downloaded', async () => {
    const { status, out, err } = await setUp({ PATH: nothing, TSLEARN2_PYTHON: '' });
    assert.equal(status, 1);
    assert.match(err, /no Python was found[^]*What to do: install Python 3\.10 or later/);
    assert.doesNotMatch(out, /packages/);
  });

  it('when Python is too old', async () => {
    const python = fakePython(path('old'), { version: [3, 9, 2], venv: true, pip: true });
    const { status, err } = await setUp({ TSLEARN2_PYTHON: python });
    assert.equal(status, 1);
    assert.match(err, /Python 3\.9\.2 is too old; 3\.10 or later[^]*What to do: install a newer/);
  });

  it('when Python has no venv', async () => {
    const python = fakePython(path('bare'), { version: [3, 13, 5], venv: false, pip: true });
    const { status, err } = await setUp({ TSLEARN2_PYTHON: python });
    assert.equal(status, 1);
    assert.match(err, /Python 3\.13\.5 has no venv[^]*What to do: .*apt install python3-venv/);
  });

  it('without a network', async () => {
    const { status, err } = await setUp({
      TSLEARN2_PYTHON: fakePython(path('new'), { version: [3, 14, 0], venv: true, pip: true }),
      npm_config_registry: 'http://127.0.0.1:9/',
      npm_config_cache: path('npm'),
      npm_config_fetch_retries: '0',
    });
    assert.equal(status, 1);
    assert.match(err, /"packages" did not succeed: npm ci: the package index could not be reached/);
    assert.match(err, /What to do: check the network/);
  });

  it('without a C++ compiler', async () => {
    const env = { PATH: nothing, CXX: '', TSLEARN2_ENGINE: 'cpu' };
    const { status, err } = await makeEngine(env);
    assert.equal(status, 1);
    assert.match(err, /no C\+\+ compiler was found[^]*What to do: install one .*apt install g\+\+/);
  });

  it('when TSLEARN2_ENGINE is misspelt', async () => {
    const { status, err } = await makeEngine({ TSLEARN2_ENGINE: 'cuda' });
    assert.equal(status, 1);
    assert.match(
      err,
      /TSLEARN2_ENGINE is "cuda"[^]*What to do: set it to one of cpu, gpu, package/,
    );
  });

  it('at every start, when training runs in JavaScript', async () => {
    const first = await makeEngine({ TSLEARN2_ENGINE: 'js' });
    assert.equal(first.status, 0);
    const stamp = join(clone, 'node_modules', '.tslearn2-engine.json');
    assert.deepEqual(JSON.parse(readFileSync(stamp, 'utf8')), {
      kind: 'js',
      why: 'TSLEARN2_ENGINE=js',
    });
    const second = await makeEngine({ TSLEARN2_ENGINE: 'js' });
    assert.match(second.err, /!! Training runs in plain JavaScript, slowly/);
  });

  it('when the disk is full, whoever noticed it', () => {
    const fromPip = diagnose('pip', 'ERROR: OSError: [Errno 28] No space left on device');
    assert.match(fromPip.message, /^pip: the disk is full/);
    const error = Object.assign(new Error('ENOSPC: no space left'), { code: 'ENOSPC' });
    assert.match(explain(error).advice ?? '', /free some space/);
  });

  it('when a folder may not be written', () => {
    const error = Object.assign(new Error('EACCES: permission denied'), { code: 'EACCES' });
    assert.match(explain(error).advice ?? '', /see that you own the clone/);
  });

  it('quoting the last words of what it does not know', () => {
    const { message } = diagnose('tsc', 'something odd\nhappened here\n');
    assert.match(message, /^tsc failed\.\n {2}\| something odd\n {2}\| happened here$/);
  });

  it('when the command is asked for something before the set-up', async () => {
    const bin = join(clone, 'kernel', 'bin', 'tslearn2.js');
    const { status, err } = await runNode([bin, 'train', 'experiment.yaml']);
    assert.equal(status, 1);
    assert.match(err, /not set up yet[^]*What to do: run `npm run setup`/);
  });

  it('when the doctor looks at a clone that is not set up', async () => {
    const bin = join(clone, 'kernel', 'bin', 'tslearn2.js');
    const { status, out } = await runNode([bin, 'doctor']);
    assert.equal(status, 1);
    assert.match(out, /^ok {4}Node +\d+\.\d+/m);
    assert.match(out, /^BAD {3}npm packages +missing or out of date\n +-> run `npm run setup`/m);
    assert.match(out, /^BAD {3}JupyterLab /m);
  });
});
