/** @file How much to do at a time where each time costs something and nobody should wait long. */

/** Milliseconds that a call should last: short enough for plots and interrupts between calls. */
const TARGET = 30;

/** Finds, by measuring, how many steps last about 30 ms. */
export class Pace {
  /** How many steps to take next. */
  steps = 1;

  /** Takes `steps` steps in `run` and learns from how long they took. */
  time<T>(steps: number, run: () => T): T {
    const begin = performance.now();
    const result = run();
    const fitting = Math.floor((TARGET * steps) / (performance.now() - begin));
    // At most twice as many: what was measured may be a start that was slow or a step that was not.
    this.steps = Math.min(Math.max(fitting, 1), 2 * steps);
    return result;
  }
}
