/**
 * @file What the two threads of the kernel tell each other. The I/O thread owns the sockets, so
 * that output, interrupts and heartbeats flow while the main thread is busy; the main thread runs
 * cells.
 */
import type { ConnectionInfo } from './connection';
import type { Content, Header, Outgoing } from './wire';

/** A socket on which requests come in and replies go out. */
export type Channel = 'shell' | 'control' | 'stdin';

/** What is published: to everybody, on behalf of a request. */
export type Published = Omit<Outgoing, 'identities'>;

/** A question to the person at the client that sent a request. */
export interface Question {
  /** Routing frames of that request. */
  identities: Uint8Array[];
  parent: Header;
  prompt: string;
  /** Whether the answer is not to be seen. */
  password: boolean;
}

/** From the main thread to the I/O thread. */
export type ToIo =
  | { kind: 'reply'; channel: Channel; frames: Uint8Array[] }
  | { kind: 'publish'; message: Published }
  | { kind: 'ask'; question: Question }
  | { kind: 'stream'; parent: Header; name: string; text: string }
  | { kind: 'running'; parent: Header | undefined }
  | { kind: 'close' };

/** From the I/O thread to the main thread. */
export type FromIo =
  | { kind: 'request'; channel: Channel; type: string; frames: Uint8Array[] }
  | { kind: 'answer'; value: string }
  | { kind: 'interrupt' }
  | { kind: 'terminated' }
  | { kind: 'shutdown' };

/** What the I/O thread is started with. */
export interface IoData {
  connection: ConnectionInfo;
  shared: SharedArrayBuffer;
  kernelInfo: Content;
}

/** Slots of the memory that both threads see, as Int32. */
export const Slot = {
  /** 1 while a cell runs inside `vm`, where SIGINT stops it. */
  inVm: 0,
  /** Counts the interrupts that the main thread has seen. */
  acknowledged: 1,
  /** Question and answer about what a busy main thread runs: see {@link Probe}. */
  probe: 2,
  /** 1 once the I/O thread has sent everything and closed its sockets. */
  closed: 3,
} as const;

/** How many slots there are. */
export const SLOTS = 4;

/** What the threads say to each other about a busy main thread, in the slot `probe`. */
export const Probe = {
  /** Nothing is asked. */
  none: 0,
  /** The I/O thread asks whose code is running. */
  asked: 1,
  /** User code: stop it. */
  stop: 2,
  /** The library on its own account: it will stop at its next border. */
  library: 3,
  /** User code, at the moment inside a library function. */
  mixed: 4,
  /** The I/O thread's word that the stop is on its way. */
  go: 5,
  /** Nothing but the kernel itself, or nothing at all: it will hear soon, and must not be stopped. */
  kernel: 6,
} as const;

/** The global function by which the I/O thread probes the main thread. */
export const PROBE_NAME = '__tslearn2_probe__';
