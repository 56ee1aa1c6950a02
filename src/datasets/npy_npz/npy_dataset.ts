/**
 * @file A dataset in one .npy file. Port of pylearn2/datasets/npy_npz.py (`NpyDataset`). Differs:
 * reads the file when it is made, not when it is first used.
 */
import { z } from 'zod';
import { optionsOf, type OptionsSchema, parseOptions } from '../../utils/options';
import { load } from '../../utils/serial';
import { DenseDesignMatrix } from '../dense_design_matrix';
import { expectArray, featuresOf } from './arrays';

export interface NpyDatasetOptions {
  /** Path of the file; may have `${VAR}` in it. */
  file: string;
}

const schema = optionsOf<NpyDatasetOptions>()({ file: z.string().min(1) });
const WHERE = 'datasets.npy_npz.NpyDataset';

/** Examples without targets: a matrix of features, or images. */
export class NpyDataset extends DenseDesignMatrix {
  static override readonly schema: OptionsSchema = schema;
  private readonly path: string;

  /** @throws DataError when the file is missing, damaged, or holds no array. */
  constructor(options: NpyDatasetOptions) {
    const { file } = parseOptions(schema, options, WHERE);
    super(featuresOf(expectArray(WHERE, `\`${file}\``, load(file))));
    this.path = file;
  }

  override getConfig(): NpyDatasetOptions {
    return { file: this.path };
  }
}
