/**
 * @file What turns a batch of vectors into another. Port of pylearn2/blocks.py. Differs: a block's
 * `__call__` is its upward pass, which for a stack is the last output; all outputs are its
 * `representations`.
 */
import { z } from 'zod';
import {
  function as makeFunction,
  type SharedVariable,
  tf,
  type TensorFunction,
  tidyOutermost,
} from './engine';
import type { Space } from './space';
import { StateError } from './utils/errors';
import { optionsOf, type Parsed, parseOptions } from './utils/options';

/** A function of one batch. */
type BatchFunction = TensorFunction<[tf.Tensor], tf.Tensor>;

/** A step of a pipeline: an autoencoder, a layer, a stack of such. */
export interface Block {
  getInputSpace(): Space;
  getOutputSpace(): Space;
  /**
   * The output for an input. Runs inside compiled functions: tensor operations only.
   * @param x - In the input space, read only.
   * @returns In the output space, owned by the caller.
   */
  upwardPass(x: tf.Tensor): tf.Tensor;
  /** Prepares for inputs in this space, if it can. */
  setInputSpace?(space: Space): void;
  /** What training may change, if there is such. */
  getParams?(): SharedVariable[];
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

/** The functions of blocks that were asked to perform. */
const performers = new WeakMap<object, BatchFunction>();

/**
 * What a block makes of a batch, by a function that is compiled once and kept with the block.
 * @param x - In the input space, read only.
 * @returns In the output space, owned by the caller.
 */
export function performBlock(of: Pick<Block, 'upwardPass'>, x: tf.Tensor): tf.Tensor {
  const { name } = of.constructor;
  const perform =
    performers.get(of) ??
    makeFunction((batch: tf.Tensor) => ({ outputs: copyOf(of.upwardPass(batch), batch) }), {
      name: `${name}.perform`,
    });
  performers.set(of, perform);
  return perform(x);
}

/** An output is the caller's own, also where a block gives back its input. */
function copyOf(output: tf.Tensor, input: tf.Tensor): tf.Tensor {
  return output === input ? output.clone() : output;
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

  /** The parameters of all blocks that have some, so that a stack can be a PretrainedLayer. */
  getParams(): SharedVariable[] {
    return [...new Set(this.layers.flatMap((layer) => layer.getParams?.() ?? []))];
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

  /** The last output, by a compiled function; owned by the caller. */
  perform(x: tf.Tensor): tf.Tensor {
    return performBlock(this, x);
  }

  /**
   * A compiled function of the input that gives one representation.
   * @param index - 0 for the input, 1 for the first block's output, -1 for the last output.
   * @throws {@link StateError} for a representation that there is not.
   */
  function(index = -1): BatchFunction {
    const [place] = this.places(index, index === -1 ? undefined : index + 1);
    return makeFunction((x: tf.Tensor) => ({
      outputs: copyOf(this.representations(x)[place], x),
    }));
  }

  /**
   * A compiled function of the input that gives representations one below the other, as rows, as
   * the original does: they must be of one width.
   * @param start - The first of them, as for {@link function}.
   * @param end - The one before which to stop; the end unless given.
   */
  concat(start = -1, end?: number): BatchFunction {
    const places = this.places(start, end);
    return makeFunction((x: tf.Tensor) => {
      const all = this.representations(x);
      return { outputs: tf.concat(places.map((place) => all[place])) };
    });
  }

  /** Places among the representations, counted as Python counts. */
  private places(start: number, end?: number): number[] {
    const places = Array.from({ length: this.layers.length + 1 }, (_, i) => i);
    const chosen = places.slice(start, end);
    if (chosen.length > 0) return chosen;
    throw new StateError(
      `blocks.StackedBlocks: expected representations among the ${places.length} that there are, ` +
        `received ${start} to ${end ?? 'the end'}.`,
    );
  }

  /** Prepares for inputs in another space, where all blocks can. */
  setInputSpace(space: Space): void {
    this.layers.reduce((below, layer) => {
      if (!layer.setInputSpace) {
        throw new StateError(`${layer.constructor.name} cannot change its input space.`);
      }
      layer.setInputSpace(below);
      return layer.getOutputSpace();
    }, space);
  }

  getConfig(): object {
    return this.options;
  }

  dispose(): void {
    for (const layer of this.layers) layer.dispose();
  }
}
