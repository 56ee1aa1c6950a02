/**
 * @file The names that every cell has in scope: all that the library exports, and the kernel's own.
 * For the compiler they are ambient declarations, at run time getters of the global object, so that
 * nothing is loaded before it is used and a cell can declare the same names for itself.
 */
import Module from 'node:module';
import path from 'node:path';
import { exportedNames, type ExportedName, type Surroundings } from './language';
import type { Library } from './library';
import { distRoot, fixedFolders, typeRoots } from './paths';

type Exports = Record<string, unknown>;

/** A module whose exports are put in scope. */
interface Source {
  /** The name by which ambient declarations call it. */
  namespace: string;
  /** Its file, without extension. */
  module: string;
  names: ExportedName[];
  load: () => Exports;
}

export class Prelude {
  private readonly sources: Source[];

  constructor(private readonly library: Library) {
    const kernelNames = path.join(distRoot, 'kernel', 'globals');
    this.sources = [
      {
        namespace: 'tslearn2Kernel',
        module: kernelNames,
        names: this.free(exportedNames(kernelNames)),
        // eslint-disable-next-line @typescript-eslint/no-require-imports
        load: () => require('./globals') as Exports,
      },
      {
        namespace: 'tslearn2',
        module: library.main,
        names: this.free(exportedNames(library.main)),
        load: () => library.load(),
      },
    ];
  }

  /** What the compiler is to know about the names. */
  surroundings(): Surroundings {
    const folder = path.join(distRoot, 'kernel', 'prelude');
    const ambient = new Map<string, string>();
    for (const { namespace, module, names } of this.sources) {
      const text = `export * from ${JSON.stringify(module)};\nexport as namespace ${namespace};\n`;
      const aliases = names.map(({ name }) => `import ${name} = ${namespace}.${name};\n`);
      ambient.set(path.join(folder, `${namespace}.d.ts`), text);
      ambient.set(path.join(folder, `${namespace}_names.d.ts`), aliases.join(''));
    }
    const paths = { tslearn2: [this.library.main] };
    return { ambient, paths, fixed: fixedFolders(), typeRoots: typeRoots() };
  }

  /** Puts the values in scope, to be loaded when first read. */
  install(): void {
    for (const { names, load } of this.sources) {
      for (const { name, typeOnly } of names) if (!typeOnly) defineLazily(name, load);
    }
    this.resolvePackage();
  }

  /** The value of a name in scope, for YAML. */
  value(name: string): unknown {
    const source = this.sources.find(({ names }) => names.some((known) => known.name === name));
    return source?.load()[name];
  }

  /** Names that Node has already are left as they are. */
  private free(names: ExportedName[]): ExportedName[] {
    return names.filter(({ name }) => !(name in globalThis));
  }

  /** `import ... from 'tslearn2'` is this library, from whatever folder. */
  private resolvePackage(): void {
    const loader = Module as unknown as {
      _resolveFilename(request: string, ...rest: unknown[]): string;
    };
    const resolve = loader._resolveFilename;
    const main = require.resolve(this.library.main);
    loader._resolveFilename = function (request, ...rest) {
      return request === 'tslearn2' ? main : resolve.call(this, request, ...rest);
    };
  }
}

function defineLazily(name: string, load: () => Exports): void {
  const fix = (value: unknown): void => {
    Object.defineProperty(globalThis, name, { configurable: true, writable: true, value });
  };
  Object.defineProperty(globalThis, name, {
    configurable: true,
    get: () => {
      const value = load()[name];
      fix(value);
      return value;
    },
    set: fix,
  });
}
