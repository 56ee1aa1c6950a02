/** @file A request in the shape in which tslab's server handles messages. */
import { frameMessage, parseMessage, type Content, type Header } from './io';

/** What a reply is sent on. */
export interface Socket {
  send(frames: Uint8Array[]): void;
}

/** A message that came in, or a reply to it. */
export class KernelMessage {
  readonly delim = '<IDS|MSG>';
  readonly hmac = '';
  metadata: Content = {};
  extra: Buffer[] = [];

  constructor(
    readonly identity: Buffer[],
    readonly header: Header,
    readonly parent: Header,
    public content: Content,
    /** Bytes that came beside the content. */
    readonly buffers: readonly Uint8Array[] = [],
  ) {}

  /** @throws Error when the frames are no message signed with `key`. */
  static read(key: string, frames: readonly Uint8Array[]): KernelMessage {
    const { identities, header, parent, metadata, content, buffers } = parseMessage(key, frames);
    const identity = identities.map((frame) => Buffer.from(frame));
    const message = new KernelMessage(identity, header, parent as Header, content, buffers);
    return Object.assign(message, { metadata });
  }

  /** A message to the sender of this one; its type is still that of the request. */
  createReply(): KernelMessage {
    return new KernelMessage(this.identity, { ...this.header }, this.header, {});
  }

  signAndSend(key: string, socket: Socket): void {
    const { identity: identities, parent, content, metadata } = this;
    const type = this.header.msg_type;
    socket.send(frameMessage(key, { identities, type, parent, content, metadata }));
  }
}
