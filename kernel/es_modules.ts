/**
 * @file ES modules for cells, which run as CommonJS: what `require` cannot load, because it awaits at
 * its top or is there for `import` only, is imported before the cell runs and handed out by `require`.
 */
import { isBuiltin } from 'node:module';
import path from 'node:path';
import vm from 'node:vm';

type Require = (specifier: string) => unknown;
type Import = (specifier: string) => Promise<object>;

const REFUSALS = new Set([
  'ERR_REQUIRE_ASYNC_MODULE',
  'ERR_REQUIRE_ESM',
  'ERR_PACKAGE_PATH_NOT_EXPORTED',
]);

/** Node's own `import`, which the compiler would turn into a `require`, seen from a folder. */
function importFrom(folder: string): Import {
  return vm.runInThisContext('(specifier) => import(specifier)', {
    filename: path.join(folder, 'cell.js'),
    importModuleDynamically: vm.constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
  }) as Import;
}

export class EsModules {
  private readonly loaded = new Map<string, object>();
  private readonly load: Import;

  /** @param plain - How cells require, to be asked first. */
  constructor(
    folder: string,
    private readonly plain: Require,
  ) {
    this.load = importFrom(folder);
  }

  /** Loads what a cell imports, as far as it needs to be loaded ahead. */
  async prepare(specifiers: readonly string[]): Promise<void> {
    for (const specifier of specifiers) {
      if (isBuiltin(specifier) || this.loaded.has(specifier)) continue;
      if (this.isRefused(specifier)) {
        const module = await this.load(specifier);
        this.loaded.set(specifier, { ...module, __esModule: true });
      }
    }
  }

  /** For cells, in place of the plain `require`. */
  readonly require: Require = (specifier) => this.loaded.get(specifier) ?? this.plain(specifier);

  /** Whatever else is wrong with a module, the cell will say at its place. */
  private isRefused(specifier: string): boolean {
    try {
      this.plain(specifier);
      return false;
    } catch (error) {
      return REFUSALS.has(String((error as NodeJS.ErrnoException).code));
    }
  }
}
