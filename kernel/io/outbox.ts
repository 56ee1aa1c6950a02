/**
 * @file Sends messages one after another, none lost, and joins what a cell prints: pieces of the
 * same stream that follow each other within 20 ms travel as one message. Order is kept across
 * streams and across everything else that is published.
 */
import type { Published } from './link';
import { frameMessage, type Header } from './wire';

/** The part of a ZeroMQ socket that is needed here. */
export interface Sender {
  send(frames: Uint8Array[]): Promise<void>;
}

interface OpenStream {
  parent: Header;
  name: string;
  pieces: string[];
  size: number;
}

const HOLD_MS = 20;
const HOLD_CHARS = 65_536;

export class Outbox {
  private readonly queue: { socket: Sender; frames: Uint8Array[] }[] = [];
  private open: OpenStream | undefined;
  private timer: NodeJS.Timeout | undefined;
  private draining: Promise<void> | undefined;

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
    const same = this.open?.parent.msg_id === parent.msg_id && this.open.name === name;
    if (!same) {
      this.flushStream();
      this.open = { parent, name, pieces: [], size: 0 };
      this.timer = setTimeout(() => this.flushStream(), HOLD_MS);
    }
    const open = this.open as OpenStream;
    open.pieces.push(text);
    open.size += text.length;
    if (open.size >= HOLD_CHARS) this.flushStream();
  }

  /** Resolves when everything has been handed to ZeroMQ. */
  async drained(): Promise<void> {
    this.flushStream();
    await this.draining;
  }

  private flushStream(): void {
    clearTimeout(this.timer);
    const open = this.open;
    if (open === undefined) return;
    this.open = undefined;
    const content = { name: open.name, text: open.pieces.join('') };
    this.enqueuePublished({ type: 'stream', parent: open.parent, content });
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
