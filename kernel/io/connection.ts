/** @file The connection file that Jupyter hands to a kernel. */
import { readFileSync } from 'node:fs';

/** Where to bind the five sockets, and the key that signs messages. */
export interface ConnectionInfo {
  transport: string;
  ip: string;
  key: string;
  signature_scheme: string;
  kernel_name: string;
  shell_port: number;
  control_port: number;
  iopub_port: number;
  stdin_port: number;
  hb_port: number;
}

/** @throws Error naming the file when it cannot be read or is no connection file. */
export function readConnection(file: string): ConnectionInfo {
  let parsed: ConnectionInfo;
  try {
    parsed = JSON.parse(readFileSync(file, 'utf8')) as ConnectionInfo;
  } catch (error) {
    throw new Error(`Cannot read the connection file ${file}: ${(error as Error).message}`);
  }
  if (typeof parsed.shell_port !== 'number' || typeof parsed.key !== 'string') {
    throw new Error(`${file} is no Jupyter connection file: it has no shell_port or no key.`);
  }
  return parsed;
}
