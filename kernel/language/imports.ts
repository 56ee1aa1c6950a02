/** @file What a cell imports. */
import { ts } from './typescript';

/** The names of the modules, without those that stand beside the notebook as TypeScript. */
export function importedModules(code: string): string[] {
  if (!code.includes('import')) return [];
  return ts
    .preProcessFile(code, true, true)
    .importedFiles.map(({ fileName }) => fileName)
    .filter((name) => !/^\.{1,2}\/(?!.*\.m?js$)/.test(name));
}
