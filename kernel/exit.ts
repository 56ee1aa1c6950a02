/** @file Ends the process without losing what cells have printed. */
import type { Io } from './io';
import type { KernelServer } from './server';

/** Makes `process.exit`, wherever it is called, send everything first. */
export function installExit(io: Io, server: KernelServer): void {
  const exit = process.exit.bind(process);
  const leave = (code?: number | string | null): never => {
    server.farewell();
    io.close();
    return exit(code);
  };
  process.exit = leave as typeof process.exit;
}
