/** @file A layer that cuts a window out of images. Port of pylearn2/models/mlp.py (`WindowLayer`). */
import { z } from 'zod';
import { type SharedVariable, type tf, tidyOutermost } from '../../engine';
import { ModelExtension } from '../../model_extensions';
import { type Batch, Conv2DSpace, fromNatural, type Space, toNatural } from '../../space';
import { ShapeError } from '../../utils/errors';
import { instanceOf, optionsOf, type Parsed, parseOptions } from '../../utils/options';
import { BadInputSpaceError } from './bad_input_space_error';
import { Layer, type LayerOptions } from './layer';

export interface WindowLayerOptions extends LayerOptions {
  layerName: string;
  /** First row, first column, last row, last column; all of them inside of the window. */
  window: readonly number[];
}

const schema = optionsOf<WindowLayerOptions>()({
  extensions: z.array(instanceOf(ModelExtension)).default([]),
  layerName: z.string(),
  window: z
    .array(z.number().int().nonnegative())
    .readonly()
    .refine((edges) => edges.length === 4 && edges[0] <= edges[2] && edges[1] <= edges[3], {
      error: 'expected first row, first column, last row and last column',
    }),
});

/** Output: the part of the images inside the window, in the same axes. It has no parameters. */
export class WindowLayer extends Layer {
  static readonly schema = schema;
  declare protected readonly options: Parsed<typeof schema>;
  private inputSpace?: Conv2DSpace;

  constructor(options: WindowLayerOptions) {
    super(parseOptions(schema, options, 'models.mlp.WindowLayer'));
  }

  /** @throws {@link BadInputSpaceError} for what are no images, ShapeError for smaller ones. */
  override setInputSpace(space: Space): void {
    const place = `WindowLayer \`${this.layerName}\``;
    if (!(space instanceof Conv2DSpace)) throw new BadInputSpaceError(place, space);
    const [, , lastRow, lastColumn] = this.options.window;
    const [rows, columns] = space.shape;
    if (lastRow >= rows || lastColumn >= columns) {
      throw new ShapeError(
        `${place}: the window ends at (${lastRow}, ${lastColumn}), ` +
          `outside of images of ${rows} x ${columns}.`,
      );
    }
    this.inputSpace = space;
  }

  override getInputSpace(): Conv2DSpace {
    return this.known(this.inputSpace) as Conv2DSpace;
  }

  /** Rows and columns of the window. */
  private get shape(): [number, number] {
    const [firstRow, firstColumn, lastRow, lastColumn] = this.options.window;
    return [lastRow - firstRow + 1, lastColumn - firstColumn + 1];
  }

  override getOutputSpace(): Conv2DSpace {
    const { numChannels, axes } = this.getInputSpace();
    return new Conv2DSpace({ shape: this.shape, numChannels, axes });
  }

  override getParams(): SharedVariable[] {
    return [];
  }

  override fprop(stateBelow: Batch): tf.Tensor4D {
    const space = this.getInputSpace();
    space.validate(stateBelow, `WindowLayer \`${this.layerName}\` fprop`);
    const [firstRow, firstColumn] = this.options.window;
    return tidyOutermost(() => {
      const images = toNatural(stateBelow as tf.Tensor4D, space.axes);
      const part = images.slice([0, firstRow, firstColumn, 0], [-1, ...this.shape, -1]);
      return fromNatural(part, space.axes);
    });
  }
}
