/** @file A layer without parameters, as a user would write it: a forward pass and two spaces. */
import type { SharedVariable, tf } from '../../src/engine';
import { Layer } from '../../src/models/mlp';
import type { Space } from '../../src/space';

/** Output: twice the input. */
export class Doubler extends Layer {
  private space?: Space;

  override setInputSpace(space: Space): void {
    this.space = space;
  }

  override getInputSpace(): Space {
    return this.known(this.space);
  }

  override getOutputSpace(): Space {
    return this.getInputSpace();
  }

  override getParams(): SharedVariable[] {
    return [];
  }

  override fprop(x: tf.Tensor): tf.Tensor {
    return x.mul(2);
  }
}
