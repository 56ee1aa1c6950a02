/** @file Whether a file holds what the real one holds. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { DataError } from '../../utils/errors';
import { unpack } from '../idx';

/** @throws {@link DataError} when the file is damaged or its content has another SHA-256. */
export function verify(path: string, sha256: string): void {
  const content = unpack(readFileSync(path), basename(path));
  const found = createHash('sha256').update(content).digest('hex');
  if (found === sha256) return;
  throw new DataError(`${basename(path)}: expected checksum ${sha256}, received ${found}.`);
}
