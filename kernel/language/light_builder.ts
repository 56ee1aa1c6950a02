/**
 * @file What tslab needs of TypeScript's builders, without the book-keeping for incremental builds,
 * which costs more with every file in the program and makes each cell slow once a library with a
 * thousand declaration files is in scope.
 */
import type * as TS from '@tslab/typescript-for-tslab';

type CreateBuilder = TS.CreateProgram<TS.BuilderProgram>;

/** The compiler's own note of what a file imports. */
interface WithResolutions {
  resolvedModules?: {
    forEach(visit: (found: { resolvedModule?: TS.ResolvedModule }) => void): void;
  };
}

function importsOf(file: TS.SourceFile): string[] {
  const files: string[] = [];
  (file as WithResolutions).resolvedModules?.forEach(({ resolvedModule }) => {
    if (resolvedModule !== undefined) files.push(resolvedModule.resolvedFileName);
  });
  return files;
}

/** A source file and all sources that it imports; declaration files are named, not followed. */
function sourcesFrom(program: TS.Program, start: TS.SourceFile): string[] {
  const seen = new Set([start.fileName]);
  for (const name of seen) {
    const file = program.getSourceFile(name);
    if (file !== undefined && !file.isDeclarationFile) {
      importsOf(file).forEach((found) => seen.add(found));
    }
  }
  return [...seen];
}

/** Makes builders for `ts.createWatchCompilerHost`. */
export function lightBuilder(ts: typeof TS): CreateBuilder {
  const create = ts.createAbstractBuilder as CreateBuilder;
  return (...parameters) => {
    const builder = create(...parameters);
    builder.getAllDependencies = (file) => sourcesFrom(builder.getProgram(), file);
    return builder;
  };
}
