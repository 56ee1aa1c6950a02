/**
 * @file What the two threads of the kernel tell each other. The I/O thread owns the sockets, so
 * that output, interrupts and heartbeats flow while the main thread is busy; the main thread runs
 * cells.
 */
import type { ConnectionInfo } from './connection';
import type { Content, Header } from './wire';

/** A socket on which requests come in and replies go out. */
export type Channel = 'shell' | 'control' | 'stdin';

/** From the main thread to the I/O thread. */
export type ToIo =
  | { kind: 'reply'; channel: Channel; frames: Uint8Array[] }
  | { kind: 'publish'; parent: Header; type: string; content: Content; metadata?: Content }
  | { kind: 'stream'; parent: Header; name: string; text: string }
  | { kind: 'running'; parent: Header | undefined }
  | { kind: 'close' };

/** From the I/O thread to the main thread. */
export type FromIo =
  | { kind: 'request'; channel: Channel; type: string; frames: Uint8Array[] }
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
  /** What the main thread answers when probed while it is busy: see {@link Probe}. */
  probe: 2,
  /** 1 once the I/O thread has sent everything and closed its sockets. */
  closed: 3,
} as const;

/** How many slots there are. */
export const SLOTS = 4;

/** Answers of the probe that the I/O thread puts to a busy main thread. */
export const Probe = {
  none: 0,
  /** User code is running: stop it. */
  stop: 1,
  /** The library is running on its own and will stop at its next border: leave it. */
  wait: 2,
  /** The I/O thread's word that the stop is on its way. */
  go: 3,
} as const;

/** The global function by which the I/O thread probes the main thread. */
export const PROBE_NAME = '__tslearn2_probe__';
