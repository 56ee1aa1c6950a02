/** @file How far something is that takes long: a line in a notebook, once it has taken a second. */
import { type DisplayHandle, displayHost } from './display';
import { barBundle, clock, count } from './progress_bar';

/** Milliseconds for which nobody needs to be told anything, and between two updates. */
const [PATIENCE, GAP] = [1000, 250];

/** Something that goes through a known number of things. */
export class LongTask {
  private readonly start: number;
  private line?: DisplayHandle;
  private told: number;

  /**
   * @param things - What is counted, in the plural.
   * @param total - How many there are.
   * @param now - The clock, in milliseconds.
   */
  constructor(
    private readonly things: string,
    private readonly total: number,
    private readonly now: () => number = () => performance.now(),
  ) {
    this.start = this.told = now();
  }

  /** So many are done by now. */
  reached(done: number): void {
    const time = this.now();
    if (time - this.told < (this.line === undefined ? PATIENCE : GAP)) return;
    this.told = time;
    this.show(`${count(done)} of ${count(this.total)} ${this.things}`, done / this.total);
  }

  /** All are done; who was told of the task is told of its end. */
  finish(): void {
    if (this.line !== undefined) this.show(`${count(this.total)} ${this.things}`);
  }

  private show(words: string, filled?: number): void {
    const bundle = barBundle(`${words} · ${clock((this.now() - this.start) / 1000)}`, filled);
    if (this.line !== undefined) this.line.update(bundle);
    else this.line = displayHost()?.show(bundle);
  }
}
