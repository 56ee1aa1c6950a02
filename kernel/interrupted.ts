/** @file The error with which an interrupted cell ends. */

export class Interrupted extends Error {
  constructor() {
    super('The cell was stopped. What it had declared is kept.');
    this.name = 'Interrupted';
  }
}

/** Whether an error says, in `vm`'s, tslab's or our words, that a cell was stopped. */
export function saysInterrupted(error: unknown): boolean {
  if (error instanceof Interrupted) return true;
  if (!(error instanceof Error)) return false;
  const { code } = error as NodeJS.ErrnoException;
  if (code === 'ERR_SCRIPT_EXECUTION_INTERRUPTED') return true;
  return error.message === 'Interrupted asynchronously';
}
