/** @file Between rows of a design matrix and images. */
import { z } from 'zod';
import type { tf } from '../../engine';
import type { Axis, Batch, Space } from '../../space';

/** A space whose batches are images; it takes them in any order of axes. */
export interface TopologicalSpace extends Space {
  /**
   * @param images - 4 axes, in the order that `axes` says; read only.
   * @returns A batch in this space, owned by the caller.
   */
  fromTopologicalView(images: tf.Tensor4D, axes: readonly Axis[]): Batch;
}

/** Turns examples from vectors into images and back. What it returns the caller owns. */
export interface ViewConverter {
  /** Rows, columns, channels. */
  readonly shape: readonly number[];
  /** Numbers in a row; as many as in an image unless given, null while that is not known. */
  readonly size?: number | null;
  /** Order of the axes of a topological view. */
  readonly axes: readonly Axis[];
  viewShape(): number[];
  weightsViewShape(): number[];
  /** [batch, features] to images, in the order of {@link axes}. */
  designMatToTopoView(matrix: tf.Tensor2D): tf.Tensor4D;
  /** [batch, features] to images for display: [batch, rows, columns, channels]. */
  designMatToWeightsView(matrix: tf.Tensor2D): tf.Tensor4D;
  /** Images, in the order of {@link axes}, to [batch, features]. */
  topoViewToDesignMat(images: tf.Tensor4D): tf.Tensor2D;
  /** [batch, features] to a batch in some space. */
  getFormattedBatch(matrix: tf.Tensor2D, space: Space): Batch;
  setAxes(axes: readonly Axis[]): void;
}

const methods = ['designMatToTopoView', 'topoViewToDesignMat', 'getFormattedBatch'] as const;

/** The zod type of a view converter. */
export const viewConverterSchema = z.custom<ViewConverter>(
  (value) =>
    typeof value === 'object' &&
    value !== null &&
    methods.every((name) => typeof (value as Partial<ViewConverter>)[name] === 'function'),
  { error: 'expected a view converter' },
);

/** Whether a space's batches are images. */
export function isTopological(space: Space): space is TopologicalSpace {
  return typeof (space as Partial<TopologicalSpace>).fromTopologicalView === 'function';
}
