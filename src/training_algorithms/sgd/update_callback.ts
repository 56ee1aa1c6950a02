/** @file What runs after each step of SGD. Port of the callbacks of pylearn2's sgd.py. */
import type { SGD } from './sgd';

/** Called after each batch; may be async. Keeps what `getState` gives, if it has one. */
export abstract class UpdateCallback {
  abstract call(algorithm: SGD): void | Promise<void>;

  /** What the callback remembers, as plain data. */
  getState(): Record<string, unknown> {
    return {};
  }

  setState(_state: Record<string, unknown>): void {}
}

/** Also a plain function will do, or any object with such a method. */
export type UpdateCallbackLike =
  Pick<UpdateCallback, 'call'> | ((algorithm: SGD) => void | Promise<void>);
