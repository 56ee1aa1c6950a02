/**
 * @file How the notebook's compiler finds modules. The compiler's own book-keeping, which watches
 * every folder where a module might appear some day, takes a third of a second at start and stumbles
 * over packages that are installed meanwhile; cells are resolved anew each time instead.
 */
import type * as TS from '@tslab/typescript-for-tslab';

/** What a host of the compiler is asked for modules, and for the types that files refer to. */
type Resolvers = Required<
  Pick<TS.CompilerHost, 'resolveModuleNameLiterals' | 'resolveTypeReferenceDirectiveReferences'>
>;

/**
 * What the declarations of a package mention and cells never see, by the folder in which they lie:
 * reading it would take a tenth of the time in which the compiler is made ready. It counts as `any`.
 */
const UNSEEN: readonly [folder: RegExp, names: RegExp][] = [
  [/\/dist\/(src|kernel)\//, /^(zod|commander|js-yaml)$/],
  [/\/@tensorflow\/tfjs[^/]*\//, /^@tensorflow\/tfjs-backend-|^@webgpu\/types/],
];

function isUnseen(name: string, file: string): boolean {
  return UNSEEN.some(([folder, names]) => folder.test(file) && names.test(name));
}

/**
 * Makes a host's answers.
 * @param isFixed - Whether nothing changes at a place, so that what was found there is kept.
 */
export function resolvers(
  ts: typeof TS,
  host: TS.ModuleResolutionHost & { getCurrentDirectory(): string },
  isFixed: (file: string) => boolean,
): Resolvers {
  const folder = host.getCurrentDirectory();
  const modules = ts.createModuleResolutionCache(folder, (name) => name);
  const types = ts.createTypeReferenceDirectiveResolutionCache(folder, (name) => name);
  const unseen = (name: string, file: string) => isFixed(file) && isUnseen(name, file);
  const kept = <Cache>(cache: Cache, file: string) => (isFixed(file) ? cache : undefined);
  return {
    resolveModuleNameLiterals: (literals, file, redirected, options) =>
      literals.map(({ text }) => {
        if (unseen(text, file)) return { resolvedModule: undefined };
        return ts.resolveModuleName(text, file, options, host, kept(modules, file), redirected);
      }),
    resolveTypeReferenceDirectiveReferences: (references, file, redirected, options) =>
      references.map((one) => {
        const name = typeof one === 'string' ? one : one.fileName.toLowerCase();
        if (unseen(name, file)) return { resolvedTypeReferenceDirective: undefined };
        const cache = kept(types, file);
        return ts.resolveTypeReferenceDirective(name, file, options, host, redirected, cache);
      }),
  };
}
