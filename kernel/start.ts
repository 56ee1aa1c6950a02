/** @file Puts the parts of the kernel's main thread together. */
import { currentCell } from './cell';
import { installDisplay } from './display';
import type { Evaluator } from './evaluator';
import { installExit } from './exit';
import { Interrupts } from './interrupts';
import type { ConnectionInfo, Io } from './io';
import { prepareCompiler } from './language';
import { Library } from './library';
import { captureOutput } from './output';
import { libraryMain } from './paths';
import { Prelude } from './prelude';
import { installStackTraces } from './stack';
import { reportStrays } from './strays';
import { installTslabDisplay } from './tslab_display';

/** How long the kernel must have been idle before it loads the library of its own accord. */
const WARM_MS = 100;

/** Loads the library while the user is still typing; if that fails, the first use will say so. */
function warm(library: Library): void {
  if (currentCell() !== undefined) return;
  try {
    void library.exports;
  } catch {
    return;
  }
}

/** Makes everything ready and begins to answer. */
export function startKernel(io: Io, connection: ConnectionInfo): void {
  let evaluator: Evaluator | undefined;
  const lookup = (name: string): unknown => {
    const locals = evaluator?.locals ?? {};
    return Object.hasOwn(locals, name) ? locals[name] : prelude.value(name);
  };
  const library = new Library(process.env.TSLEARN2_PRELUDE ?? libraryMain, lookup);
  const prelude: Prelude = new Prelude(library);
  prepareCompiler(prelude.surroundings());
  installStackTraces();
  prelude.install();
  installDisplay(library);
  evaluator = createServer(io, connection, library);
  captureOutput();
  reportStrays();
  setTimeout(() => warm(library), WARM_MS).unref();
}

/** tslab must not be required before the compiler is prepared: hence the late requires. */
function createServer(io: Io, connection: ConnectionInfo, library: Library): Evaluator {
  /* eslint-disable @typescript-eslint/no-require-imports */
  const { Evaluator: EvaluatorClass } = require('./evaluator') as typeof import('./evaluator');
  const { KernelHandler } = require('./handler') as typeof import('./handler');
  const { CellRunner } = require('./cell_runner') as typeof import('./cell_runner');
  const { KernelServer } = require('./server') as typeof import('./server');
  /* eslint-enable @typescript-eslint/no-require-imports */
  const evaluator = new EvaluatorClass(process.cwd(), io.shared);
  const runner = new CellRunner(io, evaluator, library);
  const server = new KernelServer(new KernelHandler(evaluator), io, connection, runner);
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
  return evaluator;
}
