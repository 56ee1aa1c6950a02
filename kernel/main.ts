/**
 * @file The kernel's entry: `node main.js --connection FILE`. The I/O thread comes first, so that
 * clients are answered while the compiler, which takes a second, is still being made ready.
 */
import { parseArgs } from 'node:util';
import { Io, readConnection } from './io';
import { kernelInfo } from './kernel_info';
import type { startKernel as StartKernel } from './start';

function connectionFile(): string {
  const { values } = parseArgs({
    options: { connection: { type: 'string' }, 'config-path': { type: 'string' } },
  });
  const file = values.connection ?? values['config-path'];
  if (file === undefined) throw new Error('The kernel wants --connection FILE.');
  return file;
}

const connection = readConnection(connectionFile());
const io = new Io(connection, kernelInfo());
try {
  // Only now: it brings the compiler, which takes a while to load.
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const { startKernel } = require('./start') as { startKernel: typeof StartKernel };
  startKernel(io, connection);
} catch (error) {
  console.error(error);
  io.close();
  process.exit(1);
}
