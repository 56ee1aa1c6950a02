/** @file The main thread's part in stopping a cell: see io/ladder.ts for the whole. */
import path from 'node:path';
import { interrupt as interruptLibrary } from '../src/utils/interrupt';
import type { Cell } from './cell';
import { Probe, PROBE_NAME, Slot } from './io';
import { distRoot, packageRoot } from './paths';
import { filesOnStack } from './stack';

/** How long an interrupted cell may take to end by itself. */
const GRACE_MS = 400;
/** How long the main thread waits inside the probe for the word to stop, or to go on. */
const PROBE_MS = 200;
const libraryRoot = path.join(distRoot, 'src') + path.sep;
const kernelRoot = path.join(distRoot, 'kernel') + path.sep;
const packages = path.join(packageRoot, 'node_modules') + path.sep;

interface AsyncWrap {
  clearAsyncIdStack(): void;
}

/** What to stop. */
export interface Interruptible {
  /** The cell that runs now. */
  cell(): Cell | undefined;
  /** Ends the cell from outside, when its own code does not. */
  abandon(): void;
  /** Repairs what code that was stopped by force has left behind. */
  repair(): void;
}

/**
 * Whose code runs: a cell's, to be stopped; or that of the library or of the kernel on its own
 * account, that is, as what Node called.
 */
function verdict(): number {
  const files = filesOnStack().filter((file) => file !== '' && !file.startsWith('node:'));
  const caller = files.at(-1);
  if (caller === undefined) return Probe.kernel;
  const cells = files.some((file) => file.startsWith('In['));
  const kernels = caller.startsWith(kernelRoot) || caller.startsWith(packages);
  if (kernels && !cells) return Probe.kernel;
  if (caller.startsWith(libraryRoot)) return Probe.library;
  return files.some((file) => file.startsWith(libraryRoot)) ? Probe.mixed : Probe.stop;
}

/** Node warns of this door, and closed it in version 24; there is no other to what it leads to. */
function asyncWrap(): AsyncWrap | undefined {
  const { noDeprecation } = process as { noDeprecation?: boolean };
  Object.assign(process, { noDeprecation: true });
  try {
    return (process as unknown as { binding(name: string): AsyncWrap }).binding('async_wrap');
  } catch {
    return undefined;
  } finally {
    Object.assign(process, { noDeprecation });
  }
}

/** Whether Node bears with a stack that was not unwound; set-up has the kernel started so. */
const isUnchecked = process.execArgv.includes('--no-force-async-hooks-checks');

export class Interrupts {
  constructor(
    private readonly shared: Int32Array,
    private readonly target: Interruptible,
  ) {
    this.installProbe();
  }

  /** Stops training at its next border and the cell at its next await. */
  interrupt(): void {
    Atomics.add(this.shared, Slot.acknowledged, 1);
    const cell = this.target.cell();
    interruptLibrary();
    if (cell === undefined) return;
    cell.stop();
    setTimeout(() => this.abandon(cell), GRACE_MS);
  }

  /** The cell was stopped by force: what it awaits will never come. */
  terminated(): void {
    const cell = this.target.cell();
    if (cell === undefined) return;
    this.target.repair();
    cell.stop();
    this.abandon(cell);
  }

  private abandon(cell: Cell): void {
    if (this.target.cell() === cell) this.target.abandon();
  }

  /**
   * The I/O thread calls this while the main thread is busy. After a forced stop Node finds its
   * stack of asynchronous contexts not unwound and ends the process, unless it is emptied before or
   * Node bears with it; inside `vm` that is done by `vm` itself.
   */
  private installProbe(): void {
    const wrap = asyncWrap();
    const isSafe = (): boolean =>
      wrap !== undefined || isUnchecked || Atomics.load(this.shared, Slot.inVm) !== 0;
    const answer = (): void => {
      if (Atomics.load(this.shared, Slot.probe) !== Probe.asked) return;
      const found = isSafe() ? verdict() : Probe.kernel;
      Atomics.store(this.shared, Slot.probe, found);
      Atomics.wait(this.shared, Slot.probe, found, PROBE_MS);
      const stopping = Atomics.load(this.shared, Slot.probe) === Probe.go;
      if (stopping && Atomics.load(this.shared, Slot.inVm) === 0) wrap?.clearAsyncIdStack();
    };
    Object.defineProperty(globalThis, PROBE_NAME, { value: answer });
  }
}
