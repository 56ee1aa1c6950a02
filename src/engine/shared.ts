/**
 * @file Shared variables: values that outlive a step and that several functions use. Port of
 * pylearn2/utils/__init__.py (`sharedX`) and of Theano's shared variables. A shared variable is a
 * tensor: write `x.matMul(W)`. Names need not be unique, unlike tfjs's own variables'.
 */
import { ShapeError, showShape } from '../utils/errors';
import { NdArray } from '../utils/nd_array';
import * as tf from './tf';
import { activeTrace, untraced } from './trace';

/** What a shared variable can be made from or set to. */
export type SharedValue = tf.TensorLike | NdArray | tf.Tensor;

interface TensorIds {
  nextTensorId(): number;
}

function fromArray({ data, shape }: NdArray, dtype: tf.DataType): tf.Tensor {
  const numbers = data as ArrayLike<number>;
  const narrow = dtype === 'float32' ? Float32Array.from(numbers) : Int32Array.from(numbers);
  return tf.tensor(narrow, [...shape], dtype);
}

function toTensor(value: SharedValue, dtype: tf.DataType): tf.Tensor {
  if (value instanceof NdArray) return fromArray(value, dtype);
  return value instanceof tf.Tensor ? value.cast(dtype) : tf.tensor(value, undefined, dtype);
}

/**
 * A tensor that keeps its identity while its value changes. Whoever makes it owns it and frees it
 * with `dispose()`; tidies never do.
 */
export class SharedVariable<R extends tf.Rank = tf.Rank> extends tf.Variable<R> {
  /** Set by way of `dataId`. */
  declare private heldData: tf.DataId;

  constructor(value: SharedValue, name: string, dtype: tf.DataType = 'float32') {
    const initial = tf.tidy(() => tf.keep(toTensor(value, dtype).clone())) as tf.Tensor<R>;
    const ids = tf.engine() as unknown as TensorIds;
    super(initial, true, name, ids.nextTensorId());
    untraced(() => tf.engine().incRef(this, tf.engine().backend));
    initial.dispose();
  }

  /** Where the value is, whatever a trace under way puts in its place. */
  held(): tf.DataId {
    return this.heldData;
  }

  /** The value, copied to the host. */
  getValue(): NdArray {
    const data = this.dataSync() as Float32Array | Int32Array;
    return new NdArray(data.slice(), [...this.shape]);
  }

  /**
   * Replaces the value.
   * @throws {@link ShapeError} when the shape differs.
   */
  setValue(value: SharedValue): void {
    tf.tidy(() => {
      const next = toTensor(value, this.dtype).clone() as tf.Tensor<R>;
      this.expectShapeOf(next, 'setValue');
      this.assign(next);
    });
  }

  /**
   * Replaces the value by a tensor's, which the caller goes on owning. Inside a function that is
   * being traced the value changes when the body has ended.
   * @throws {@link ShapeError} when shape or dtype differ.
   */
  override assign(next: tf.Tensor<R>): void {
    this.expectShapeOf(next, 'assign');
    if (next.dtype !== this.dtype) {
      throw new ShapeError(
        `${this.name}.assign: expected ${this.dtype} numbers, received ${next.dtype}.`,
      );
    }
    const trace = activeTrace();
    if (trace) trace.write(this, next);
    else super.assign(next);
  }

  private expectShapeOf(next: tf.Tensor, where: string): void {
    if (tf.util.arraysEqual(next.shape, this.shape)) return;
    throw new ShapeError(
      `${this.name}.${where}: expected a value of shape ${showShape(this.shape)}, ` +
        `received ${showShape(next.shape)}.`,
    );
  }

  /** Frees the memory. Not tfjs's own way, which would drop another variable of the same name. */
  override dispose(): void {
    if (this.isDisposed) return;
    activeTrace()?.refuse(`it disposes of ${this.name}`);
    untraced(() => tf.engine().disposeTensor(this));
    this.isDisposedInternal = true;
  }
}

// An accessor cannot override tfjs's plain property in the class's own body.
Object.defineProperty(SharedVariable.prototype, 'dataId', {
  get(this: SharedVariable): tf.DataId {
    return activeTrace()?.read(this) ?? this.held();
  },
  set(this: SharedVariable, data: tf.DataId): void {
    Object.assign(this, { heldData: data });
  },
});

/**
 * Makes a shared variable of floating-point numbers.
 * @param value - Number, nested arrays, NdArray or tensor; copied.
 * @param name - For messages and for saved files; need not be unique.
 * @param dtype - 'float32' unless given.
 * @returns A variable that the caller owns.
 */
export function sharedX<R extends tf.Rank = tf.Rank>(
  value: SharedValue,
  name = '',
  dtype: tf.DataType = 'float32',
): SharedVariable<R> {
  return new SharedVariable<R>(value, name, dtype);
}
