/**
 * @file How the notebook's compiler finds modules. The compiler's own book-keeping, which watches
 * every folder where a module might appear some day, takes a third of a second at start and stumbles
 * over packages that are installed meanwhile; cells are resolved anew each time instead.
 */
import type * as TS from '@tslab/typescript-for-tslab';

type Resolve = NonNullable<TS.CompilerHost['resolveModuleNameLiterals']>;
type Resolved = ReturnType<Resolve>[number];

/**
 * Makes a resolver.
 * @param isFixed - Whether nothing changes at a place, so that what was found there is kept.
 */
export function resolver(
  ts: typeof TS,
  host: TS.ModuleResolutionHost & { getCurrentDirectory(): string },
  isFixed: (file: string) => boolean,
): Resolve {
  const kept = ts.createModuleResolutionCache(host.getCurrentDirectory(), (name) => name);
  return (literals, containingFile, redirected, options) =>
    literals.map(({ text }): Resolved => {
      const cache = isFixed(containingFile) ? kept : undefined;
      return ts.resolveModuleName(text, containingFile, options, host, cache, redirected);
    });
}
