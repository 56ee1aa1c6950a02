/** @file Several spaces side by side. Port of pylearn2/space/__init__.py (`CompositeSpace`). */
import { z } from 'zod';
import { tf } from '../engine';
import { ShapeError, show } from '../utils/errors';
import { instanceOf, optionsOf, type Parsed, parseOptions } from '../utils/options';
import { type Batch, Space } from './space';
import { VectorSpace } from './vector_space';

export interface CompositeSpaceOptions {
  /** The spaces, in order. */
  components: Space[];
}

const schema = optionsOf<CompositeSpaceOptions>()({ components: z.array(instanceOf(Space)) });

/** Batches are lists: one batch for each component, all of the same number of examples. */
export class CompositeSpace extends Space {
  static readonly schema = schema;
  readonly components: readonly Space[];
  private readonly options: Parsed<typeof schema>;

  constructor(options: CompositeSpaceOptions) {
    super();
    this.options = parseOptions(schema, options, 'space.CompositeSpace');
    this.components = this.options.components;
  }

  override getTotalDimension(): number {
    return this.components.reduce((sum, component) => sum + component.getTotalDimension(), 0);
  }

  override getOriginBatch(batchSize: number): Batch[] {
    return this.components.map((component) => component.getOriginBatch(batchSize));
  }

  override batchSize(batch: Batch): number {
    this.validate(batch);
    const sizes = this.components.map((component, i) => component.batchSize((batch as Batch[])[i]));
    return Math.max(0, ...sizes);
  }

  override equals(other: Space): boolean {
    return (
      other instanceof CompositeSpace &&
      other.components.length === this.components.length &&
      this.components.every((component, i) => component.equals(other.components[i]))
    );
  }

  override toString(): string {
    return `CompositeSpace(${this.components.join(', ')})`;
  }

  override validate(batch: Batch, where = `${this.toString()}.validate`): void {
    if (!Array.isArray(batch) || batch.length !== this.components.length) {
      const expected = `a list of ${this.components.length} batches`;
      throw new ShapeError(`${where}: expected ${expected}, received ${show(batch)}.`);
    }
    this.components.forEach((component, i) => component.validate(batch[i], `${where}[${i}]`));
    this.validateSizes(batch, where);
  }

  private validateSizes(batch: Batch[], where: string): void {
    // A component without data has no say.
    const sizes = this.components
      .map((component, i) => component.batchSize(batch[i]))
      .filter((size) => size > 0);
    if (new Set(sizes).size > 1) {
      throw new ShapeError(`${where}: expected batches of one size, received ${sizes.join(', ')}.`);
    }
  }

  override getConfig(): object {
    return this.options;
  }

  /** The parts with the given numbers: the bare component when it is one. */
  restrict(indices: readonly number[]): Space {
    const chosen = indices.map((index) => this.components[index]);
    return chosen.length === 1 ? chosen[0] : new CompositeSpace({ components: chosen });
  }

  /** Splits columns among the components, in order. */
  override fromVector(vectors: tf.Tensor2D): Batch[] {
    let column = 0;
    return this.components.map((component) => {
      const dim = component.getTotalDimension();
      const part = vectors.slice([0, column], [-1, dim]);
      column += dim;
      return component.fromVector(part);
    });
  }

  protected override convert(batch: Batch, space: Space): Batch {
    const parts = batch as Batch[];
    if (space instanceof CompositeSpace) {
      if (space.components.length !== this.components.length) throw this.noConversion(space);
      return this.components.map((part, i) => part.formatAs(parts[i], space.components[i]));
    }
    if (space instanceof VectorSpace) return this.concatenate(parts);
    throw this.noConversion(space);
  }

  private concatenate(parts: Batch[]): tf.Tensor2D {
    return tf.tidy(() => {
      const columns = this.components.map((component, i) => {
        const dim = component.getTotalDimension();
        return component.formatAs(parts[i], new VectorSpace({ dim })) as tf.Tensor2D;
      });
      return tf.concat(columns, 1);
    });
  }
}
