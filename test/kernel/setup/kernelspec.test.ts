import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fakePython, root, runNode, setupModule, smallClone } from '../../support/setup';
import { temporaryFolder } from '../../support/temporary';

interface Place {
  prefix?: string;
  sysPrefix?: boolean;
  user?: boolean;
}

interface Kernelspec {
  installKernel(place: Place): string;
  uninstallKernel(place: Place): string;
}

/** What Jupyter itself reads of the kernels in a data folder. */
function asJupyterSees(data: string): Record<string, { spec: Record<string, unknown> }> {
  const python = join(root, '.venv', 'bin', 'python');
  const env = { ...process.env, JUPYTER_PATH: data };
  const listed = execFileSync(python, ['-m', 'jupyter', 'kernelspec', 'list', '--json'], { env });
  return JSON.parse(listed.toString()).kernelspecs;
}

describe('kernel/setup/kernelspec', () => {
  const path = temporaryFolder();
  let clone = '';
  let kernel: Kernelspec;

  before(() => {
    clone = smallClone(path('clone'));
    kernel = setupModule<Kernelspec>('kernelspec.js', clone);
  });

  it('refuses to install a kernel that is not built', () => {
    assert.throws(() => kernel.installKernel({ prefix: path('early') }), /not built yet/);
    assert.equal(existsSync(path('early')), false);
  });

  describe('of a clone that is built', () => {
    const main = (): string => join(clone, 'dist', 'kernel', 'main.js');

    before(() => {
      mkdirSync(join(clone, 'dist', 'kernel'), { recursive: true });
      writeFileSync(main(), '');
    });

    it('writes below a prefix what Jupyter takes for a kernel', () => {
      const folder = kernel.installKernel({ prefix: path('prefix') });
      const data = join(path('prefix'), 'share', 'jupyter');
      assert.equal(folder, join(data, 'kernels', 'tslearn2'));
      const { spec } = asJupyterSees(data).tslearn2;
      const flag = '--no-force-async-hooks-checks';
      const wanted = [process.execPath, flag, main(), '--connection', '{connection_file}'];
      assert.deepEqual(spec.argv, wanted);
      assert.equal(spec.language, 'typescript');
      assert.equal(spec.interrupt_mode, 'message');
    });

    it('writes beside it what JupyterLab takes for an extension, and takes both away', () => {
      const place = { prefix: path('lab') };
      kernel.installKernel(place);
      const folder = join(path('lab'), 'share', 'jupyter', 'labextensions', 'tslearn2');
      const { jupyterlab } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
      assert.equal(existsSync(join(folder, jupyterlab._build.load)), true);
      kernel.uninstallKernel(place);
      assert.equal(existsSync(folder), false);
    });

    it('brings logos of the sizes that their names tell', () => {
      const folder = kernel.installKernel({ prefix: path('logos') });
      for (const size of [32, 64]) {
        const png = readFileSync(join(folder, `logo-${size}x${size}.png`));
        assert.deepEqual([png.readUInt32BE(16), png.readUInt32BE(20)], [size, size]);
      }
      assert.match(readFileSync(join(folder, 'logo-svg.svg'), 'utf8'), /^<svg /);
    });

    it('replaces an older one and leaves nothing beside', () => {
      const folder = kernel.installKernel({ prefix: path('twice') });
      writeFileSync(join(folder, 'old.txt'), '');
      kernel.installKernel({ prefix: path('twice') });
      assert.equal(existsSync(join(folder, 'old.txt')), false);
      assert.deepEqual(readdirSync(join(folder, '..')), ['tslearn2']);
    });

    it('takes it away again, once', () => {
      const place = { prefix: path('away') };
      assert.equal(existsSync(kernel.installKernel(place)), true);
      assert.equal(existsSync(kernel.uninstallKernel(place)), false);
      assert.throws(() => kernel.uninstallKernel(place), /there is no .*tslearn2/);
    });

    it('refuses two places at a time', () => {
      assert.throws(() => kernel.installKernel({ prefix: path('two'), user: true }), /exclude/);
    });

    for (const [what, place, folder, env] of [
      ["the environment of PATH's Python", { sysPrefix: true }, 'env/share/jupyter', {}],
      ['the folder that JUPYTER_DATA_DIR names', {}, 'data', { JUPYTER_DATA_DIR: 'data' }],
      ["the user's data folder", {}, 'home/jupyter', { XDG_DATA_HOME: 'home' }],
    ] as const) {
      it(`finds ${what}`, async () => {
        fakePython(path('env'), { version: [3, 12, 0], venv: true, pip: true });
        const named = Object.entries(env).map(([name, value]) => [name, path(value)]);
        const module = JSON.stringify(join(clone, 'kernel', 'setup', 'kernelspec.js'));
        const program = `const { installKernel } = require(${module});
          console.log(installKernel(${JSON.stringify(place)}));`;
        const clean = { JUPYTER_DATA_DIR: '', XDG_DATA_HOME: '', PATH: path('env') };
        const { out } = await runNode(['-e', program], { ...clean, ...Object.fromEntries(named) });
        assert.equal(out.trim(), join(path(folder), 'kernels', 'tslearn2'));
      });
    }
  });
});
