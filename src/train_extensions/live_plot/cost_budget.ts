/** @file Keeps what runs beside training from holding it back. */

/** Lets work be done as long as all of it took no more than a share of the time that went by. */
export class CostBudget {
  private readonly start: number;
  private spent = 0;
  /** What the last piece of work took: the guess for the next. */
  private last: number;
  /** When it was done. */
  private lastEnd: number;

  /**
   * @param share - Of the time since now, in (0, 1).
   * @param guess - Milliseconds that the first piece will take.
   * @param patience - Milliseconds after which the next piece is done whatever it costs.
   * @param now - The clock, in milliseconds.
   */
  constructor(
    private readonly share: number,
    guess = 0,
    private readonly patience = Infinity,
    private readonly now: () => number = () => performance.now(),
  ) {
    this.last = guess;
    this.start = this.lastEnd = now();
  }

  /** Whether another piece of work can be afforded. */
  allows(): boolean {
    const now = this.now();
    if (now - this.lastEnd >= this.patience) return true;
    return this.spent + this.last <= this.share * (now - this.start);
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
    this.lastEnd = this.now();
  }
}
