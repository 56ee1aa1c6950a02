import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { root, setupModule } from '../../support/setup';
import { temporaryFolder } from '../../support/temporary';

interface Kernelspec {
  installKernel(place: { prefix: string }): string;
}

/** The tests of jupyter_kernel_test 0.7.0. */
const TESTS = [
  'test_clear_output',
  'test_completion',
  'test_display_data',
  'test_error',
  'test_execute_result',
  'test_execute_stderr',
  'test_execute_stdout',
  'test_history',
  'test_inspect',
  'test_is_complete',
  'test_kernel_info',
  'test_pager',
];

describe("kernel: Jupyter's own test suite", function () {
  this.timeout(180_000);
  const path = temporaryFolder();
  let outcomes: Record<string, string[]>;

  before(async () => {
    setupModule<Kernelspec>('kernelspec.js').installKernel({ prefix: path('prefix') });
    const python = join(root, '.venv', 'bin', 'python');
    const env = { ...process.env, JUPYTER_PATH: path('prefix/share/jupyter') };
    const suite = join(__dirname, 'suite.py');
    const { stdout } = await promisify(execFile)(python, [suite], { env, cwd: path('.') });
    outcomes = JSON.parse(stdout) as Record<string, string[]>;
  });

  for (const name of TESTS) {
    it(name, () => assert.deepEqual(outcomes[name], ['passed']));
  }

  it('has no other tests', () => assert.deepEqual(Object.keys(outcomes).sort(), TESTS));
});
