/** @file The main thread's end of the link to the I/O thread. */
import { Worker } from 'node:worker_threads';
import type { ConnectionInfo } from './connection';
import { SLOTS, Slot, type Channel, type FromIo, type Published, type ToIo } from './link';
import { Questions } from './questions';
import type { Content, Header } from './wire';

/** How long to wait for output to leave when the process ends. */
const DRAIN_MS = 3000;

export class Io {
  /** Memory that both threads see: see {@link Slot}. */
  readonly shared = new Int32Array(new SharedArrayBuffer(4 * SLOTS));
  /** Asks the person at the client. */
  readonly questions = new Questions((question) => this.tell({ kind: 'ask', question }));
  private readonly worker: Worker;
  private listener: ((message: FromIo) => void) | undefined;
  /** What came before anybody listened. */
  private readonly backlog: FromIo[] = [];

  constructor(connection: ConnectionInfo, kernelInfo: Content) {
    this.worker = new Worker(require.resolve('./thread'), {
      workerData: { connection, kernelInfo, shared: this.shared.buffer },
    });
    this.worker.on('message', (message: FromIo) => {
      if (message.kind === 'answer') this.questions.answer(message.value);
      else if (this.listener === undefined) this.backlog.push(message);
      else this.listener(message);
    });
  }

  /** Hears everything from now on, and what came before. */
  onMessage(listener: (message: FromIo) => void): void {
    this.listener = listener;
    this.backlog.splice(0).forEach(listener);
  }

  /** Publishes to everybody who watches the kernel. */
  publish(message: Published): void {
    this.tell({ kind: 'publish', message });
  }

  stream(parent: Header, name: string, text: string): void {
    this.tell({ kind: 'stream', parent, name, text });
  }

  reply(channel: Channel, frames: Uint8Array[]): void {
    this.tell({ kind: 'reply', channel, frames });
  }

  /** Tells which request is being executed now, if any. */
  running(parent: Header | undefined): void {
    this.tell({ kind: 'running', parent });
  }

  /** Blocks until everything has left and the sockets are closed, a few seconds at most. */
  close(): void {
    this.tell({ kind: 'close' });
    Atomics.wait(this.shared, Slot.closed, 0, DRAIN_MS);
  }

  private tell(message: ToIo): void {
    this.worker.postMessage(message);
  }
}
