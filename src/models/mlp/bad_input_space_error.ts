/** @file The error of a layer below another kind of input. Port of pylearn2/models/mlp.py. */
import type { Space } from '../../space';
import { Tslearn2Error } from '../../utils/errors';

/** A layer that works on images was given another input space. */
export class BadInputSpaceError extends Tslearn2Error {
  /** @param layer - The layer as its user knows it, e.g. ``ConvElemwise `h0` ``. */
  constructor(layer: string, space: Space) {
    super(`${layer}: expected a Conv2DSpace as input space, received ${space.toString()}.`);
  }
}
