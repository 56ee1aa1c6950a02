/**
 * @file The format of everything that is saved: a safetensors file whose `__metadata__` holds the
 * description of the object graph (`tslearn2`) and a checksum over it and the numbers (`sha256`).
 */
import { createHash } from 'node:crypto';
import { DataError } from '../errors';
import { bytesIn, type NdArray } from '../nd_array';
import { decodeGraph } from './decode';
import { encodeGraph } from './encode';
import type { Graph } from './graph';
import { readSafetensors, writeSafetensors } from './safetensors';

/** Goes up when readers of today could not read the files of tomorrow. */
const VERSION = 1;

interface Description extends Graph {
  version: number;
}

/** The file of an object, in pieces to be written one after another. */
export function toBytes(object: unknown): Uint8Array[] {
  const { graph, tensors } = encodeGraph(object);
  const description = JSON.stringify({ version: VERSION, ...graph } satisfies Description);
  const sha256 = checksum(description, tensors);
  return writeSafetensors({ tensors, metadata: { tslearn2: description, sha256 } });
}

/**
 * The object of a file; of a safetensors file from elsewhere, its tensors by name.
 * @throws {@link DataError} when the file is damaged or needs a class that is not there.
 */
export function fromBytes(bytes: Uint8Array): unknown {
  const { tensors, metadata } = readSafetensors(bytes);
  const { tslearn2: description, sha256 } = metadata;
  if (description === undefined && sha256 === undefined) return Object.fromEntries(tensors);
  if (description === undefined || checksum(description, tensors) !== sha256) {
    throw new DataError('damaged: its checksum does not fit its content');
  }
  return decodeGraph({ graph: parse(description), tensors });
}

function parse(text: string): Graph {
  const description = JSON.parse(text) as Description;
  if (description.version > VERSION) {
    throw new DataError(
      `written by a newer tslearn2 (format ${description.version}, known here: ${VERSION})`,
    );
  }
  return description;
}

/** Over content, not layout: other tools may pack the same tensors otherwise. */
function checksum(description: string, tensors: ReadonlyMap<string, NdArray>): string {
  const hash = createHash('sha256').update(description);
  for (const name of [...tensors.keys()].sort()) {
    const { dtype, shape, data } = tensors.get(name) as NdArray;
    hash.update(JSON.stringify([name, dtype, shape])).update(bytesIn(data));
  }
  return hash.digest('hex');
}
