/** @file Preprocessors made of others. Port of pylearn2/datasets/preprocessing.py. */
import { z } from 'zod';
import { type Block, block as blockType, performBlock } from '../../blocks';
import { StateError } from '../../utils/errors';
import { optionsOf, type Parsed, parseOptions } from '../../utils/options';
import type { DenseDesignMatrix } from '../dense_design_matrix/dense_design_matrix';
import { preprocessorSchema } from '../dense_design_matrix/options';
import { changeFeatures } from './change';
import { Preprocessor } from './preprocessor';

export interface PipelineOptions {
  /** Applied one after the other. */
  items?: Preprocessor[] | null;
}

const schema = optionsOf<PipelineOptions>()({
  items: z.array(preprocessorSchema).nullable().default(null),
});

/** Applies several preprocessors in order. */
export class Pipeline extends Preprocessor {
  static readonly schema = schema;
  /** The preprocessors; more may be added. */
  readonly items: Preprocessor[];

  constructor(options: PipelineOptions = {}) {
    super();
    const { items } = parseOptions(schema, options, 'datasets.preprocessing.Pipeline');
    this.items = [...(items ?? [])];
  }

  override apply(dataset: DenseDesignMatrix, canFit = false): void {
    for (const item of this.items) item.apply(dataset, canFit);
  }

  getConfig(): object {
    return { items: this.items };
  }
}

export interface BlockPreprocessorOptions {
  /** Makes the new features of the old, e.g. an autoencoder its codes. */
  block: Block;
}

const blockSchema = optionsOf<BlockPreprocessorOptions>()({ block: blockType() });

/** Replaces features by what a block makes of them. It takes no statistics. */
export class BlockPreprocessor extends Preprocessor {
  static readonly schema = blockSchema;
  private readonly options: Parsed<typeof blockSchema>;

  constructor(options: BlockPreprocessorOptions) {
    super();
    const where = 'datasets.preprocessing.BlockPreprocessor';
    this.options = parseOptions(blockSchema, options, where);
  }

  /** @throws {@link StateError} when it is to take statistics. */
  override apply(dataset: DenseDesignMatrix, canFit = false): void {
    if (canFit) {
      throw new StateError(
        'datasets.preprocessing.BlockPreprocessor: it takes no statistics: leave out `fit_preprocessor`.',
      );
    }
    changeFeatures(dataset, (X) => performBlock(this.options.block, X) as typeof X);
  }

  getConfig(): object {
    return this.options;
  }
}
