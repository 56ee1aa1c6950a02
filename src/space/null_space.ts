/** @file The space of those who need no data. Port of pylearn2/space/__init__.py (`NullSpace`). */
import { ShapeError, show } from '../utils/errors';
import { optionsOf, parseOptions } from '../utils/options';
import { type Batch, Space } from './space';

const schema = optionsOf<object>()({});

/** A space whose only batch is null. */
export class NullSpace extends Space {
  static readonly schema = schema;

  constructor(options: object = {}) {
    super();
    parseOptions(schema, options, 'space.NullSpace');
  }

  override getTotalDimension(): number {
    return 0;
  }

  override getOriginBatch(_batchSize: number): null {
    return null;
  }

  override batchSize(_batch: Batch): number {
    return 0;
  }

  override equals(other: Space): boolean {
    return other instanceof NullSpace;
  }

  override toString(): string {
    return 'NullSpace';
  }

  override validate(batch: Batch, where = 'NullSpace.validate'): void {
    if (batch !== null) throw new ShapeError(`${where}: expected null, received ${show(batch)}.`);
  }

  override getConfig(): object {
    return {};
  }

  protected override convert(_batch: Batch, space: Space): Batch {
    throw this.noConversion(space);
  }
}
