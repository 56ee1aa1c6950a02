/** @file Ends the process without losing what cells have printed. */
import type { Io } from './io';
import type { KernelServer } from './server';

/**
 * Makes `process.exit`, wherever it is called, send everything first. What waits for the process sees
 * that it has ended, and no exit code.
 */
export function installExit(io: Io, server: KernelServer): void {
  const exit = process.exit.bind(process);
  const leave = (code?: number | string | null): never => {
    server.farewell();
    io.close();
    // Node would stop the I/O thread in the midst of ZeroMQ's callbacks, which aborts the process or
    // blocks it. Nothing is left to be done then, so that it ends at once, after all other listeners.
    process.on('exit', () => process.kill(process.pid, 'SIGKILL'));
    return exit(code);
  };
  process.exit = leave as typeof process.exit;
}
