/** @file The door of the I/O room. */
export { readConnection, type ConnectionInfo } from './connection';
export { Io } from './io';
export { Probe, PROBE_NAME, Slot, type Channel, type FromIo, type Published } from './link';
export {
  frameMessage,
  parseMessage,
  PROTOCOL_VERSION,
  type Content,
  type Header,
  type WireMessage,
} from './wire';
