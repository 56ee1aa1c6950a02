/** @file Questions to the person at the notebook: one at a time, given up when the cell is stopped. */
import type { Question } from './link';

export class Questions {
  private waiting: ((answer: string) => void) | undefined;
  private last: Promise<unknown> = Promise.resolve();

  /** @param send - Brings a question to the client. */
  constructor(private readonly send: (question: Question) => void) {}

  /**
   * Asks when all earlier questions are answered or given up.
   * @param signal - Aborted when the answer is not wanted any more.
   * @throws The signal's reason.
   */
  ask(question: Question, signal: AbortSignal): Promise<string> {
    const asked = this.last.then(() => this.put(question, signal));
    this.last = asked.catch(() => undefined);
    return asked;
  }

  /** The person has answered; an answer that nobody waits for is dropped. */
  answer(value: string): void {
    this.waiting?.(value);
  }

  private async put(question: Question, signal: AbortSignal): Promise<string> {
    signal.throwIfAborted();
    this.send(question);
    try {
      return await new Promise<string>((resolve, reject) => {
        this.waiting = resolve;
        signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
      });
    } finally {
      this.waiting = undefined;
    }
  }
}
