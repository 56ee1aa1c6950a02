/** @file What turns a batch of vectors into another. Port of pylearn2/blocks.py. */
import { z } from 'zod';
import { type tf, tidyOutermost } from './engine';
import type { Space } from './space';
import { optionsOf, type Parsed, parseOptions } from './utils/options';

/** A step of a pipeline: an autoencoder, a layer, a stack of such. */
export interface Block {
  getInputSpace(): Space;
  getOutputSpace(): Space;
  /**
   * The output for an input.
   * @param x - In the input space, read only.
   * @returns In the output space, owned by the caller.
   */
  upwardPass(x: tf.Tensor): tf.Tensor;
  getConfig(): object;
  dispose(): void;
}

/** Whether a value is a {@link Block}. */
export function isBlock(value: unknown): value is Block {
  return typeof (value as Partial<Block> | null)?.upwardPass === 'function';
}

/** The zod type of a {@link Block}. */
export function block(): z.ZodType<Block, Block> {
  return z.custom<Block>(isBlock, { error: 'expected a block, such as an autoencoder' });
}

export interface StackedBlocksOptions {
  /** In the order in which they are applied. */
  layers: Block[];
}

const schema = optionsOf<StackedBlocksOptions>()({ layers: z.array(block()).min(1) });

/** Blocks one after the other. */
export class StackedBlocks implements Block {
  static readonly schema = schema;
  private readonly options: Parsed<typeof schema>;

  constructor(options: StackedBlocksOptions) {
    const { layers } = parseOptions(schema, options, 'blocks.StackedBlocks');
    this.options = { layers: [...layers] };
  }

  get layers(): readonly Block[] {
    return this.options.layers;
  }

  /** Puts a block on top. */
  append(layer: Block): void {
    this.options.layers.push(layer);
  }

  getInputSpace(): Space {
    return this.layers[0].getInputSpace();
  }

  getOutputSpace(): Space {
    return this.layers[this.layers.length - 1].getOutputSpace();
  }

  /** The input and the output of every block. */
  representations(x: tf.Tensor): tf.Tensor[] {
    const outputs = [x];
    for (const layer of this.layers) outputs.push(layer.upwardPass(outputs[outputs.length - 1]));
    return outputs;
  }

  upwardPass(x: tf.Tensor): tf.Tensor {
    return tidyOutermost(() => this.representations(x)[this.layers.length]);
  }

  getConfig(): object {
    return this.options;
  }

  dispose(): void {
    for (const layer of this.layers) layer.dispose();
  }
}
