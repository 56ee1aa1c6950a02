/**
 * @file Sends messages one after another, none lost, and joins what a cell prints: pieces of the
 * same stream that follow each other within 20 ms travel as one message, within 200 ms once a cell
 * has printed so much that pages, which draw all of it anew each time, take long. Order is kept across
 * streams and across everything else that is published; but Jupyter's server drops what comes at more
 * than 1000 messages a second, so that of streams that alternate thousands of times what is printed
 * within that time is sorted by stream.
 */
import type { Published } from './link';
import { frameMessage, type Header } from './wire';

/** The part of a ZeroMQ socket that is needed here. */
export interface Sender {
  send(frames: Uint8Array[]): Promise<void>;
}

/** What was printed and has not left yet, by stream. */
interface Held {
  parent: Header;
  pieces: Map<string, string[]>;
  size: number;
}

/** Milliseconds to wait for more, before and after a cell has printed so many characters. */
const [HOLD_MS, LONG_HOLD_MS, LONG] = [20, 200, 32_768];
const HOLD_CHARS = 65_536;
/** Messages of printed text in so many milliseconds beyond which order yields. */
const [MOST, WINDOW_MS] = [1500, 3000];

export class Outbox {
  private readonly queue: { socket: Sender; frames: Uint8Array[] }[] = [];
  private held: Held | undefined;
  /** How many characters the cell that printed last has printed. */
  private printed = { cell: '', size: 0 };
  private timer: NodeJS.Timeout | undefined;
  private draining: Promise<void> | undefined;
  private readonly window = { began: 0, messages: 0 };

  constructor(
    private readonly key: string,
    private readonly iopub: Sender,
  ) {}

  /** Sends ready-made frames, after everything that was published before. */
  send(socket: Sender, frames: Uint8Array[]): void {
    this.flushStream();
    this.enqueue(socket, frames);
  }

  publish(message: Published): void {
    this.flushStream();
    this.enqueuePublished(message);
  }

  /** Adds to what a cell has printed. */
  stream(parent: Header, name: string, text: string): void {
    if (this.printed.cell !== parent.msg_id) this.printed = { cell: parent.msg_id, size: 0 };
    this.printed.size += text.length;
    const isOpen = this.held?.pieces.has(name) === true || this.isCrowded();
    if (this.held?.parent.msg_id !== parent.msg_id || !isOpen) {
      this.flushStream();
      this.held = { parent, pieces: new Map(), size: 0 };
      const hold = this.printed.size > LONG ? LONG_HOLD_MS : HOLD_MS;
      this.timer = setTimeout(() => this.flushStream(), hold);
    }
    const held = this.held as Held;
    const pieces = held.pieces.get(name);
    if (pieces === undefined) held.pieces.set(name, [text]);
    else pieces.push(text);
    held.size += text.length;
    if (held.size >= HOLD_CHARS) this.flushStream();
  }

  /** Resolves when everything has been handed to ZeroMQ. */
  async drained(): Promise<void> {
    this.flushStream();
    await this.draining;
  }

  private flushStream(): void {
    clearTimeout(this.timer);
    const { held } = this;
    if (held === undefined) return;
    this.held = undefined;
    for (const [name, pieces] of held.pieces) {
      this.window.messages += 1;
      const content = { name, text: pieces.join('') };
      this.enqueuePublished({ type: 'stream', parent: held.parent, content });
    }
  }

  private isCrowded(): boolean {
    const now = Date.now();
    if (now - this.window.began > WINDOW_MS)
      Object.assign(this.window, { began: now, messages: 0 });
    return this.window.messages > MOST;
  }

  private enqueuePublished(message: Published): void {
    const identities = [Buffer.from(message.type)];
    this.enqueue(this.iopub, frameMessage(this.key, { ...message, identities }));
  }

  private enqueue(socket: Sender, frames: Uint8Array[]): void {
    this.queue.push({ socket, frames });
    this.draining ??= this.drain();
  }

  private async drain(): Promise<void> {
    for (let next = this.queue.shift(); next !== undefined; next = this.queue.shift()) {
      // A client that has gone away must not stop what others wait for.
      await next.socket.send(next.frames).catch(() => undefined);
    }
    this.draining = undefined;
  }
}
