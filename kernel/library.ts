/**
 * @file The library that cells have in scope, loaded when it is first needed: its engine takes half
 * a second that nobody should wait for before the kernel answers.
 */
import type * as Engine from '../src/engine';
import type { MimeBundle } from '../src/utils/display';

type Exports = Record<string, unknown>;

/** What the kernel looks for among the library's exports. */
interface KnownExports {
  tensorBundle?: (tensor: unknown) => MimeBundle;
  setScope?: (lookup: (name: string) => unknown, names: () => Iterable<string>) => void;
}

export class Library {
  private loaded: Exports | undefined;

  /**
   * @param main - The library's main file.
   * @param lookup - Values of names that cells have declared, for YAML.
   * @param names - Those names.
   */
  constructor(
    readonly main: string,
    private readonly lookup: (name: string) => unknown,
    private readonly names: () => Iterable<string>,
  ) {}

  /** Loads the library if it is not loaded yet, and gives all that it exports. */
  load(): Exports {
    if (this.loaded === undefined) {
      // eslint-disable-next-line @typescript-eslint/no-require-imports
      this.loaded = require(this.main) as Exports;
      (this.loaded as KnownExports).setScope?.(this.lookup, this.names);
    }
    return this.loaded;
  }

  /** Shows tensors; undefined while the library is not loaded, when there can be none. */
  get tensorBundle(): KnownExports['tensorBundle'] {
    return (this.loaded as KnownExports | undefined)?.tensorBundle;
  }

  /**
   * Closes the engine's scopes that code left open which was stopped by force, and frees what
   * was in them.
   */
  closeScopes(): void {
    if (this.loaded === undefined) return;
    // eslint-disable-next-line @typescript-eslint/no-require-imports
    const engine = require('../src/engine') as typeof Engine;
    engine.closeScopes();
  }
}
