/**
 * @file MNIST for tests: the real one where this machine has it, else digits drawn by the project
 * itself. Tests never download.
 */
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const candidates = [
  process.env.PYLEARN2_DATA_PATH,
  resolve(__dirname, '../../../shared/data'),
  join(process.env.XDG_CACHE_HOME ?? join(process.env.HOME ?? '', '.cache'), 'tslearn2', 'data'),
];

/** The folder that holds `mnist/` with the real files; undefined where there is none. */
export const realMnist = candidates.find(
  (folder) =>
    folder !== undefined &&
    ['train-images-idx3-ubyte', 't10k-images-idx3-ubyte'].every((name) =>
      ['', '.gz'].some((suffix) => existsSync(join(folder, 'mnist', name + suffix))),
    ),
);

/** Sets environment variables (undefined removes one); returns what puts them back. */
export function setEnvironment(values: Record<string, string | undefined>): () => void {
  const former = Object.keys(values).map((name) => [name, process.env[name]] as const);
  const apply = (pairs: Iterable<readonly [string, string | undefined]>) => {
    for (const [name, value] of pairs) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
  };
  apply(Object.entries(values));
  return () => apply(former);
}

/** A new empty folder, and what removes it. */
export function temporaryFolder(): { folder: string; remove: () => void } {
  const folder = mkdtempSync(join(tmpdir(), 'tslearn2-test-'));
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** The address of a folder on a server that is not there. */
export async function closedAddress(): Promise<string> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return `http://127.0.0.1:${port}/`;
}

/** Within a `describe`: lets MNIST be loaded by the tests there, without a network. */
export function useMnist(): void {
  let restore = () => {};
  before(() => {
    restore = setEnvironment({ PYLEARN2_DATA_PATH: realMnist, TSLEARN2_OFFLINE: '1' });
  });
  after(() => restore());
}
