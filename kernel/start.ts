/** @file Makes the main thread ready: compiler, names in scope, output, and then the server. */
import { setFlagsFromString } from 'node:v8';
import { currentCell } from './cell';
import { installDisplay } from './display';
import type { ConnectionInfo, Io } from './io';
import { installInspection } from './inspection';
import { prepareCompiler } from './language';
import { Library } from './library';
import { captureOutput } from './output';
import { libraryMain } from './paths';
import { Prelude } from './prelude';
import type { serve as Serve } from './serve';
import { installStackTraces } from './stack';
import { reportStrays } from './strays';
import { tieTimers } from './timers';

/** How long the kernel must have been idle before it loads the library of its own accord. */
const WARM_MS = 100;

/** Loads the library while the user is still typing; if that fails, the first use will say so. */
function warm(library: Library): void {
  if (currentCell() !== undefined) return;
  try {
    library.load();
  } catch {
    return;
  }
}

/** Makes everything ready and begins to answer. */
export function startKernel(io: Io, connection: ConnectionInfo): void {
  let locals: Readonly<Record<string, unknown>> = {};
  const library = new Library(
    libraryMain,
    (name) => (Object.hasOwn(locals, name) ? locals[name] : prelude.value(name)),
    () => Object.keys(locals),
  );
  const prelude: Prelude = new Prelude(library);
  prepareCompiler(prelude.surroundings());
  installStackTraces();
  installInspection();
  prelude.install();
  installDisplay(library);
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const { serve } = require('./serve') as { serve: typeof Serve };
  locals = serve(io, connection, library);
  captureOutput();
  tieTimers();
  reportStrays();
  // From here on most of the heap stays, and each cell leaves a program of the compiler's behind: V8
  // is to collect them before they are half as much.
  setFlagsFromString('--heap-growing-percent=25');
  setTimeout(() => warm(library), WARM_MS).unref();
}
