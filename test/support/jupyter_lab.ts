/** @file A real JupyterLab of the clone's own environment, for tests. */
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createServer } from 'node:net';
import { join, resolve } from 'node:path';

const root = resolve(__dirname, '../..');
const jupyter = join(root, '.venv/bin/jupyter');

/** Where Debian and others put the browser; CHROMIUM names another one. */
const browsers = [process.env.CHROMIUM ?? '', '/usr/bin/chromium', '/usr/bin/chromium-browser'];

/** The browser's program; undefined when there is none on this machine. */
export function chromiumPath(): string | undefined {
  return browsers.find((path) => path !== '' && existsSync(path));
}

async function freePort(): Promise<number> {
  return new Promise((found) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      server.close(() => found(port));
    });
  });
}

async function answers(url: string): Promise<boolean> {
  try {
    return (await fetch(url)).ok;
  } catch {
    return false;
  }
}

/** A server that runs until it is stopped. */
export class JupyterLab {
  private constructor(
    readonly url: string,
    private readonly server: ChildProcess,
  ) {}

  /** Starts a server on a folder of notebooks and waits until it answers. */
  static async start(folder: string): Promise<JupyterLab> {
    const port = await freePort();
    const options = [
      '--no-browser',
      '--allow-root',
      `--port=${port}`,
      '--ip=127.0.0.1',
      '--IdentityProvider.token=',
      '--ServerApp.disable_check_xsrf=True',
      `--ServerApp.root_dir=${folder}`,
    ];
    const server = spawn(jupyter, ['lab', ...options], { stdio: 'ignore', cwd: folder });
    const lab = new JupyterLab(`http://127.0.0.1:${port}`, server);
    const deadline = Date.now() + 60000;
    while (!(await answers(`${lab.url}/api`))) {
      if (Date.now() > deadline) throw new Error('JupyterLab did not answer within a minute');
      await new Promise((wake) => setTimeout(wake, 200));
    }
    return lab;
  }

  async stop(): Promise<void> {
    const ended = new Promise((done) => this.server.once('exit', done));
    this.server.kill('SIGTERM');
    const force = setTimeout(() => this.server.kill('SIGKILL'), 10000);
    await ended;
    clearTimeout(force);
  }
}
