/**
 * @file How a running cell is stopped, from the I/O thread, gently first:
 * 1. tell the main thread, which stops training at a batch border and cell code at its next await;
 * 2. if it does not hear within 100 ms it is busy in synchronous code: look what it runs;
 * 3. the library on its own account reaches its border soon: leave it time;
 * 4. user code inside `vm`: SIGINT, which `vm` turns into an error; user code elsewhere (after an
 *    await, in a callback): V8's terminateExecution.
 */
import { Session } from 'node:inspector';
import { setTimeout as sleep } from 'node:timers/promises';
import { Probe, PROBE_NAME, Slot, type FromIo } from './link';

const HEARD_MS = 100;
const PATIENCE_MS = 5000;
const POLL_MS = 10;

export class InterruptLadder {
  private readonly session = new Session();
  private connected = false;
  private climbing = false;
  private impatient = false;

  constructor(
    private readonly shared: Int32Array,
    private readonly tell: (message: FromIo) => void,
  ) {}

  /** Stops what the main thread runs; a second request while one is under way hurries it. */
  async interrupt(): Promise<void> {
    if (this.climbing) {
      this.impatient = true;
      return;
    }
    this.climbing = true;
    this.impatient = false;
    await this.climb();
    this.climbing = false;
  }

  private async climb(): Promise<void> {
    const before = Atomics.load(this.shared, Slot.acknowledged);
    const heard = (): boolean => Atomics.load(this.shared, Slot.acknowledged) !== before;
    this.tell({ kind: 'interrupt' });
    await this.until(heard, HEARD_MS);
    const deadline = Date.now() + PATIENCE_MS;
    while (!heard()) {
      const answer = await this.probe(heard);
      if (heard()) return;
      const wait = answer === Probe.wait && !this.impatient && Date.now() < deadline;
      if (!wait) this.stop();
      await this.until(heard, HEARD_MS);
    }
  }

  /** Asks the main thread, in the midst of what it does, whose code it runs. */
  private async probe(heard: () => boolean): Promise<number> {
    this.connect();
    Atomics.store(this.shared, Slot.probe, Probe.none);
    this.session.post('Runtime.evaluate', { expression: `${PROBE_NAME}()` });
    const answered = (): boolean => Atomics.load(this.shared, Slot.probe) !== Probe.none || heard();
    await this.until(answered, HEARD_MS);
    return Atomics.load(this.shared, Slot.probe);
  }

  /**
   * The main thread waits inside the probe until the word `go`, so that nothing runs between its
   * tidying up and its end.
   */
  private stop(): void {
    if (Atomics.load(this.shared, Slot.inVm) === 1) {
      process.kill(process.pid, 'SIGINT');
    } else {
      this.session.post('Runtime.terminateExecution');
      this.tell({ kind: 'terminated' });
    }
    Atomics.store(this.shared, Slot.probe, Probe.go);
    Atomics.notify(this.shared, Slot.probe);
  }

  private connect(): void {
    if (this.connected) return;
    this.session.connectToMainThread();
    this.connected = true;
  }

  private async until(done: () => boolean, limit: number): Promise<void> {
    const end = Date.now() + limit;
    while (!done() && Date.now() < end) await sleep(POLL_MS);
  }
}
