/** @file The digits as NumPy files, so that everybody trains on the same. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadDigits } from '../src/datasets/mnist/load';

/** Writes bytes in version 1.0 of NumPy's format. */
function writeNpy(path: string, bytes: Uint8Array, shape: readonly number[]): void {
  const fields = `{'descr': '|u1', 'fortran_order': False, 'shape': (${shape.join()},), }`;
  const header = `${fields.padEnd(117)}\n`;
  const start = Buffer.from([0x93, ...Buffer.from('NUMPY'), 1, 0, header.length, 0]);
  writeFileSync(path, Buffer.concat([start, Buffer.from(header), bytes]));
}

export interface SharedData {
  folder: string;
  /** Set if the digits are not MNIST's. */
  notice?: string;
  remove(): void;
}

/** Writes both sets into a new folder. */
export function shareData(): SharedData {
  const folder = mkdtempSync(join(tmpdir(), 'tslearn2-bench-'));
  const sets = (['train', 'test'] as const).map((name) => {
    const { images, labels, notice } = loadDigits(name);
    writeNpy(join(folder, `${name}_images.npy`), images, [labels.length, 784]);
    writeNpy(join(folder, `${name}_labels.npy`), labels, [labels.length]);
    return notice;
  });
  return {
    folder,
    notice: sets[0],
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
