/** @file Ends the process without losing what cells have printed. */
import type { Io } from './io';
import type { KernelServer } from './server';

/**
 * Makes `process.exit`, wherever it is called, send everything first. Where no code but 0 is to be
 * told, the process ends by a signal then, after all listeners of `exit`: Node would stop the I/O
 * thread in the midst of ZeroMQ's callbacks, which at times aborts the process or blocks it.
 */
export function installExit(io: Io, server: KernelServer): void {
  const exit = process.exit.bind(process);
  const leave = (code?: number | string | null): never => {
    server.farewell();
    io.close();
    const end = code ?? process.exitCode ?? 0;
    if (Number(end) === 0) process.on('exit', () => process.kill(process.pid, 'SIGKILL'));
    return exit(code);
  };
  process.exit = leave as typeof process.exit;
}
