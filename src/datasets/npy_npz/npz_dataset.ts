/** @file A dataset in a .npz file. Port of pylearn2/datasets/npy_npz.py (`NpzDataset`). */
import { z } from 'zod';
import { DataError } from '../../utils/errors';
import { didYouMean } from '../../utils/match';
import type { NdArray } from '../../utils/nd_array';
import { optionsOf, type OptionsSchema, parseOptions } from '../../utils/options';
import { load } from '../../utils/serial';
import { DenseDesignMatrix } from '../dense_design_matrix';
import { expectArray, featuresOf } from './arrays';

export interface NpzDatasetOptions {
  /** Path of the file; may have `${VAR}` in it. */
  file: string;
  /** Name of the features: a matrix, or images. */
  key: string;
  /** Name of the targets; null for none. */
  targetKey?: string | null;
}

const schema = optionsOf<NpzDatasetOptions>()({
  file: z.string().min(1),
  key: z.string(),
  targetKey: z.string().nullable().default(null),
});
const WHERE = 'datasets.npy_npz.NpzDataset';

function member(file: string, arrays: object, key: string): NdArray {
  if (!Object.hasOwn(arrays, key)) {
    const hint = didYouMean(key, Object.keys(arrays));
    throw new DataError(`${WHERE}: \`${file}\` has no array \`${key}\`.${hint}`);
  }
  return expectArray(WHERE, `\`${key}\` of \`${file}\``, (arrays as Record<string, unknown>)[key]);
}

/** Examples as an archive of arrays has them by name. */
export class NpzDataset extends DenseDesignMatrix {
  static override readonly schema: OptionsSchema = schema;
  private readonly chosen: NpzDatasetOptions;

  /** @throws DataError when the file is missing or damaged, or has no such arrays. */
  constructor(options: NpzDatasetOptions) {
    const parsed = parseOptions(schema, options, WHERE);
    const { file, key, targetKey } = parsed;
    const arrays = load(file) as object;
    const y = targetKey === null ? null : member(file, arrays, targetKey);
    super({ ...featuresOf(member(file, arrays, key)), y });
    this.chosen = parsed;
  }

  override getConfig(): NpzDatasetOptions {
    return { ...this.chosen };
  }
}
