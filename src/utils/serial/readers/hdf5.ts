/**
 * @file HDF5 files (.h5, .hdf5, .mat of version 7.3), read by h5wasm. That library starts up
 * asynchronously; since loading is synchronous, as YAML needs it, a worker thread reads the file
 * while this one waits. A damaged file can harm that thread only.
 */
import { existsSync, openSync, closeSync, readSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { MessageChannel, receiveMessageOnPort, Worker } from 'node:worker_threads';
import { DataError, Tslearn2Error } from '../../errors';
import { isTypedArray, NdArray } from '../../nd_array';

const SIGNATURE = Buffer.from([0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a]);
/** Where the signature may stand: at the start, or after a block of the user's. */
const PLACES = [0, 512, 1024, 2048, 4096];
/** Longest wait for a file, in milliseconds. */
const PATIENCE = 300_000;

/** Whether a file is HDF5. */
export function isHdf5(path: string): boolean {
  const file = openSync(path, 'r');
  try {
    const bytes = Buffer.alloc(8);
    return PLACES.some((place) => {
      return readSync(file, bytes, 0, 8, place) === 8 && bytes.equals(SIGNATURE);
    });
  } finally {
    closeSync(file);
  }
}

/** What the worker tells of a member: a group, an array, texts, or why it cannot be loaded. */
type Member =
  | { members: [string, Member][] }
  | { data: unknown; shape: number[]; isBool: boolean }
  | { values: unknown }
  | { trouble: string };

/**
 * @returns The members by name: groups as objects, numbers as {@link NdArray} (as h5py shows them:
 * MATLAB's transposed) or, alone, as they are, texts as strings or lists of them. Attributes are
 * left out.
 * @throws {@link DataError} when the file is damaged.
 */
export function readHdf5(path: string): unknown {
  const answer = askWorker(resolve(path));
  if ('trouble' in answer) throw new DataError(`damaged: ${innermost(answer.trouble)}`);
  return assemble(answer, '');
}

function assemble(member: Member, path: string): unknown {
  if ('trouble' in member)
    throw new DataError(`its member \`${path}\`: ${innermost(member.trouble)}`);
  if ('values' in member) return member.values;
  if ('members' in member) {
    return Object.fromEntries(
      member.members.map(([name, inner]) => [name, assemble(inner, `${path}/${name}`)]),
    );
  }
  const { data, shape, isBool } = member;
  if (!isTypedArray(data)) throw new DataError(`its member \`${path}\` holds no numbers`);
  return new NdArray(data, shape, isBool ? 'bool' : undefined);
}

/** Of the library's trace the last reason, which is the first cause. */
function innermost(trouble: string): string {
  const reasons = [...trouble.matchAll(/#\d+: .* in \w+\(\): (.*)/g)];
  return reasons.at(-1)?.[1] ?? trouble;
}

function askWorker(path: string): Member {
  const { port1, port2 } = new MessageChannel();
  const flag = new Int32Array(new SharedArrayBuffer(4));
  const workerData = { path, library: pathToFileURL(findLibrary()).href, port: port2, flag };
  // Its output would need the event loop of this thread, which waits.
  const streams = { stdout: true, stderr: true };
  const worker = new Worker(WORKER, { eval: true, workerData, transferList: [port2], ...streams });
  try {
    const state = Atomics.wait(flag, 0, 0, PATIENCE);
    const answer = receiveMessageOnPort(port1) as { message: Member } | undefined;
    if (answer !== undefined) return answer.message;
    return { trouble: state === 'timed-out' ? 'reading it took too long' : 'it cannot be read' };
  } finally {
    port1.close();
    void worker.terminate();
  }
}

/** The build for Node; the package exports it to ES modules only. */
function findLibrary(): string {
  const folders = require.resolve.paths('h5wasm') ?? [];
  const found = folders
    .map((folder) => join(folder, 'h5wasm', 'dist', 'node', 'hdf5_hl.js'))
    .find((file) => existsSync(file));
  if (found === undefined) {
    throw new Tslearn2Error('the package h5wasm, which reads HDF5, is not installed.');
  }
  return found;
}

/** What the worker runs: plain JavaScript, since it starts without a loader for TypeScript. */
const WORKER = `
const { path, library, port, flag } = require('node:worker_threads').workerData;
const answer = (message) => {
  port.postMessage(message);
  Atomics.store(flag, 0, 1);
  Atomics.notify(flag, 0);
};
const describe = (member) => {
  if (member === null) return { trouble: 'it cannot be read' };
  if (member.keys !== undefined) {
    return { members: member.keys().map((name) => [name, describe(member.get(name))]) };
  }
  if (member.metadata === undefined) return { trouble: 'it is a link or a type, not data' };
  const { type, shape } = member.metadata;
  if (type === 3 || type === 9) return { values: member.to_array() };
  const members = member.metadata.enum_type?.members ?? {};
  const isBool = type === 8 && 'FALSE' in members && 'TRUE' in members;
  if (!(type === 0 || type === 1 || isBool) || shape === null) {
    return { trouble: 'it holds no numbers and no texts' };
  }
  const value = member.value;
  if (!ArrayBuffer.isView(value)) return { values: isBool ? value !== 0 : value };
  return { data: isBool ? Uint8Array.from(value) : value, shape, isBool };
};
import(library)
  .then(async (h5wasm) => {
    const { activate_throwing_error_handler: throwErrors } = await h5wasm.ready;
    throwErrors(); // else the library prints them

    const file = new h5wasm.File(path, 'r');
    answer(describe(file));
  })
  .catch((error) => answer({ trouble: String(error.message ?? error) }));
`;
