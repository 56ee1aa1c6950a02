/**
 * @file How a running cell is stopped, from the I/O thread, gently first; by message or by signal:
 * 1. tell the main thread, which stops training at a batch border and cell code at its next await;
 * 2. if it does not hear within 100 ms it is busy in synchronous code: look what it runs;
 * 3. the kernel itself is soon done; the library on its own account reaches its border soon: leave
 *    it time, and a little also to a library function that a cell has called;
 * 4. user code inside `vm`: SIGINT, which `vm` turns into an error; user code elsewhere (after an
 *    await, in a callback): V8's terminateExecution.
 */
import { Session } from 'node:inspector';
import { setTimeout as sleep } from 'node:timers/promises';
import { Probe, PROBE_NAME, Slot, type FromIo } from './link';

const HEARD_MS = 100;
/** What may be stopped by force. */
const STOPPABLE: ReadonlySet<number> = new Set([Probe.stop, Probe.mixed, Probe.library]);
/** How long to let go on what the probe found. */
const PATIENCE_MS: Record<number, number> = { [Probe.library]: 5000, [Probe.mixed]: 200 };
/** Time to clear up after a stop, before it is asked again what runs. */
const CLEARING_MS = 500;
const NATIVE_MS = 10_000;
const POLL_MS = 10;

export class InterruptLadder {
  private session: Session | undefined;
  private inProbe = false;
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
    this.say(Probe.none);
    this.climbing = false;
  }

  /** Lets go of the main thread: Node waits for that before it ends. */
  close(): void {
    this.session?.disconnect();
  }

  private async climb(): Promise<void> {
    const before = Atomics.load(this.shared, Slot.acknowledged);
    const heard = (): boolean => Atomics.load(this.shared, Slot.acknowledged) !== before;
    this.tell({ kind: 'interrupt' });
    await this.until(heard, HEARD_MS);
    const began = Date.now();
    while (!heard()) {
      const answer = await this.probe(heard);
      if (heard()) return;
      const patience = this.impatient ? 0 : (PATIENCE_MS[answer] ?? 0);
      const stopping = STOPPABLE.has(answer) && Date.now() - began >= patience;
      if (stopping) await this.stop();
      else this.say(Probe.none);
      await this.until(heard, stopping ? CLEARING_MS : HEARD_MS);
    }
  }

  /**
   * Asks the main thread, in the midst of what it does, whose code it runs. Native code, a long
   * convolution for example, lets it answer only afterwards.
   */
  private async probe(heard: () => boolean): Promise<number> {
    this.say(Probe.asked);
    this.inProbe = true;
    this.connection().post('Runtime.evaluate', { expression: `${PROBE_NAME}()` }, () => {
      this.inProbe = false;
    });
    const answered = (): boolean => Atomics.load(this.shared, Slot.probe) !== Probe.asked;
    await this.until(() => answered() || heard(), NATIVE_MS);
    return Atomics.load(this.shared, Slot.probe);
  }

  /**
   * The main thread waits inside the probe until the word `go`. A signal must not meet it there, as
   * it would end the probe alone; the other way waits behind the probe by itself, and nothing runs
   * between the tidying up there and its end.
   */
  private async stop(): Promise<void> {
    if (Atomics.load(this.shared, Slot.inVm) === 1) {
      this.say(Probe.go);
      await this.until(() => !this.inProbe, HEARD_MS);
      process.kill(process.pid, 'SIGINT');
    } else {
      this.connection().post('Runtime.terminateExecution');
      this.tell({ kind: 'terminated' });
      this.say(Probe.go);
    }
  }

  private say(word: number): void {
    Atomics.store(this.shared, Slot.probe, word);
    Atomics.notify(this.shared, Slot.probe);
  }

  /** Connected once and for all: a second session is not heard while the main thread is busy. */
  private connection(): Session {
    if (this.session === undefined) {
      this.session = new Session();
      this.session.connectToMainThread();
    }
    return this.session;
  }

  private async until(done: () => boolean, limit: number): Promise<void> {
    const end = Date.now() + limit;
    while (!done() && Date.now() < end) await sleep(POLL_MS);
  }
}
