/**
 * @file What happens outside of any cell's own flow: errors that nobody catches, rejected promises,
 * warnings. They are shown in the cell that runs, or ran last, and end nothing.
 */
import { currentCell } from './cell';
import { saysInterrupted } from './interrupted';
import { describeError } from './traceback';

/** What came before there was a cell to show it in. */
const early: string[] = [];

function report(text: string): void {
  const cell = currentCell();
  if (cell === undefined) early.push(text);
  else cell.stream('stderr', `${text}\n`);
}

function reportError(error: unknown): void {
  // What a stopped cell had set off ends so; the cell itself has said it.
  if (saysInterrupted(error)) return;
  report(describeError(error).traceback.join('\n'));
}

export function reportStrays(): void {
  process.on('uncaughtException', reportError);
  process.on('unhandledRejection', reportError);
  // Node's own listener would print them a second time.
  process.removeAllListeners('warning');
  process.on('warning', ({ name, message }) => report(`${name}: ${message}`));
}

/** Shows, in the first cell, what came before it. */
export function reportEarlyStrays(): void {
  early.splice(0).forEach(report);
}
