/**
 * @file The wire format of Jupyter's messaging protocol 5.3: frames to messages and back, signed
 * with HMAC-SHA256. Used by both threads of the kernel; knows no sockets.
 */
import { createHmac, randomUUID, timingSafeEqual } from 'node:crypto';
import { getEnvironmentData, isMainThread, setEnvironmentData } from 'node:worker_threads';

/** The version of the protocol that the kernel speaks. */
export const PROTOCOL_VERSION = '5.3';

/** The header of a message. */
export interface Header {
  msg_id: string;
  msg_type: string;
  session: string;
  username: string;
  date: string;
  version: string;
}

/** The body of a message: always a JSON object. */
export type Content = Record<string, unknown>;

/** A message as it came in. */
export interface WireMessage {
  /** Routing frames, to be sent back before a reply. */
  identities: Uint8Array[];
  header: Header;
  parent: Header | Record<string, never>;
  metadata: Content;
  content: Content;
  buffers: Uint8Array[];
}

const DELIMITER = Buffer.from('<IDS|MSG>');

/**
 * Whose messages they are: the same in both threads. When a message comes, JupyterLab drops all
 * that it has not handled yet of another session, taking it for that of a kernel that has ended.
 */
const SESSION = 'tslearn2.session';
if (isMainThread) setEnvironmentData(SESSION, randomUUID());
const session = getEnvironmentData(SESSION) as string;

function sign(key: string, parts: readonly Uint8Array[]): string {
  if (key === '') return '';
  const hmac = createHmac('sha256', key);
  for (const part of parts) hmac.update(part);
  return hmac.digest('hex');
}

function sameText(left: string, right: string): boolean {
  const [a, b] = [Buffer.from(left), Buffer.from(right)];
  return a.length === b.length && timingSafeEqual(a, b);
}

function parseObject(frame: Uint8Array): Content {
  const value: unknown = JSON.parse(Buffer.from(frame).toString('utf8'));
  if (value === null || typeof value !== 'object' || Array.isArray(value)) {
    throw new Error('a part of the message is no JSON object');
  }
  return value as Content;
}

/**
 * Reads a message.
 * @throws Error when the frames are no message, or were not signed with `key`.
 */
export function parseMessage(key: string, frames: readonly Uint8Array[]): WireMessage {
  const at = frames.findIndex((frame) => DELIMITER.equals(frame));
  if (at < 0 || frames.length < at + 6) throw new Error('the frames are no Jupyter message');
  const parts = frames.slice(at + 2, at + 6);
  if (!sameText(Buffer.from(frames[at + 1]).toString('utf8'), sign(key, parts))) {
    throw new Error('the message has a wrong signature');
  }
  const [header, parent, metadata, content] = parts.map(parseObject);
  if (typeof header.msg_type !== 'string' || typeof header.msg_id !== 'string') {
    throw new Error('the message has no type or no id');
  }
  return {
    identities: frames.slice(0, at),
    header: header as unknown as Header,
    parent: parent as unknown as Header,
    metadata,
    content,
    buffers: frames.slice(at + 6),
  };
}

/** What a message that goes out is made of. */
export interface Outgoing {
  /** First frames: the routing of a reply, or the topic of something published. */
  identities: readonly Uint8Array[];
  type: string;
  /** The header of the request that this answers. */
  parent: Header | Record<string, never>;
  content: Content;
  metadata?: Content;
  /** Bytes that travel beside the content. */
  buffers?: readonly Uint8Array[];
}

/** The signed frames of a message. */
export function frameMessage(key: string, message: Outgoing): Uint8Array[] {
  const header: Header = {
    msg_id: randomUUID(),
    msg_type: message.type,
    session,
    username: 'kernel',
    date: new Date().toISOString(),
    version: PROTOCOL_VERSION,
  };
  const parts = [header, message.parent, message.metadata ?? {}, message.content].map((part) =>
    Buffer.from(JSON.stringify(part)),
  );
  const signature = Buffer.from(sign(key, parts));
  return [...message.identities, DELIMITER, signature, ...parts, ...(message.buffers ?? [])];
}
