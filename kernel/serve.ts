/** @file Puts together what answers requests. Requires tslab: the compiler must be prepared before. */
import { Evaluator } from './evaluator';
import { CellRunner } from './cell_runner';
import { installExit } from './exit';
import { KernelHandler } from './handler';
import { Interrupts } from './interrupts';
import type { ConnectionInfo, Io } from './io';
import type { Library } from './library';
import { KernelServer } from './server';
import { installTslabDisplay } from './tslab_display';

/**
 * Begins to answer.
 * @returns The names that cells declare, with their values.
 */
export function serve(
  io: Io,
  connection: ConnectionInfo,
  library: Library,
): Readonly<Record<string, unknown>> {
  const evaluator = new Evaluator(process.cwd(), io.shared);
  const runner = new CellRunner(io, evaluator, library);
  const server = new KernelServer(new KernelHandler(evaluator, library), io, connection, runner);
  const interrupts = new Interrupts(io.shared, {
    cell: () => server.cell,
    abandon: () => evaluator.executor.interrupt(),
    repair: () => library.closeScopes(),
  });
  installExit(io, server);
  installTslabDisplay();
  io.onMessage((message) => {
    if (message.kind === 'request') server.receive(message.channel, message.type, message.frames);
    else if (message.kind === 'interrupt') interrupts.interrupt();
    else if (message.kind === 'terminated') interrupts.terminated();
    else process.exit(0);
  });
  return evaluator.locals;
}
