/** @file Keeps what runs beside training from holding it back. */

/** Lets work be done as long as all of it took no more than a share of the time that went by. */
export class CostBudget {
  private readonly start: number;
  private spent = 0;
  /** What the last piece of work took: the guess for the next. */
  private last: number;

  /**
   * @param share - Of the time since now, in (0, 1).
   * @param guess - Milliseconds that the first piece will take.
   * @param now - The clock, in milliseconds.
   */
  constructor(
    private readonly share: number,
    guess = 0,
    private readonly now: () => number = () => performance.now(),
  ) {
    this.last = guess;
    this.start = now();
  }

  /** Whether another piece of work can be afforded. */
  allows(): boolean {
    return this.spent + this.last <= this.share * (this.now() - this.start);
  }

  /** Does a piece of work whatever it costs, and books what it took. */
  spend<T>(work: () => T): T {
    const before = this.now();
    try {
      return work();
    } finally {
      this.book(this.now() - before);
    }
  }

  /** The same for work that gives a promise; all the time until it is kept counts. */
  async spendAsync<T>(work: () => Promise<T>): Promise<T> {
    const before = this.now();
    try {
      return await work();
    } finally {
      this.book(this.now() - before);
    }
  }

  private book(took: number): void {
    this.last = took;
    this.spent += took;
  }
}
