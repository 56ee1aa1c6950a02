/**
 * @file The TypeScript compiler as tslab is to see it. tslab takes no compiler options, so the
 * module that it requires is replaced, before it does, by a copy in which three functions are
 * wrapped: strict options and extra files go in, source maps come out, and awaits are guarded.
 */
import path from 'node:path';
import type * as TS from '@tslab/typescript-for-tslab';
import { guardAwaits } from './guard_awaits';
import { Mapping } from './mapping';

type Compiler = typeof TS;

const fromTslab = { paths: [path.dirname(require.resolve('tslab/dist/converter.js'))] };
const compilerPath = require.resolve('@tslab/typescript-for-tslab', fromTslab);
/** The compiler that tslab brings, unchanged. */
export const ts = require(compilerPath) as Compiler;

/** What the notebook's compiler knows beyond its cells. */
export interface Surroundings {
  /** Text of declaration files that exist nowhere, by absolute path; all are in scope. */
  ambient: ReadonlyMap<string, string>;
  /** Where modules are found, as in tsconfig's `paths`, with absolute targets. */
  paths: Record<string, string[]>;
  /** Folders of `@types` to look in before tslab's own. */
  typeRoots: string[];
}

const mappings = new Map<string, Mapping>();

/** The map of some emitted code to its source; each can be taken once. */
export function takeMapping(output: string): Mapping | undefined {
  const mapping = mappings.get(output);
  mappings.delete(output);
  return mapping;
}

function options(original: TS.CompilerOptions, surroundings: Surroundings): TS.CompilerOptions {
  return {
    ...original,
    lib: ['lib.es2023.d.ts'],
    types: ['node'],
    typeRoots: [...surroundings.typeRoots, ...(original.typeRoots ?? [])],
    paths: surroundings.paths,
    strict: true,
    // tslab runs cells as sloppy scripts and says so; only the checks are wanted.
    alwaysStrict: false,
    inlineSourceMap: true,
    disableTopLevelAwait: false,
  };
}

function systemWith({ ambient }: Surroundings): TS.System {
  const system = Object.create(ts.sys) as TS.System;
  system.readFile = (file, encoding) => ambient.get(file) ?? ts.sys.readFile(file, encoding);
  system.fileExists = (file) => ambient.has(file) || ts.sys.fileExists(file);
  // Packages do not change under a running kernel; watching them costs time and file handles.
  system.watchFile = (file, ...rest) => {
    if (/[\\/](node_modules|dist)[\\/]/.test(file)) return { close: () => undefined };
    return (ts.sys.watchFile as NonNullable<TS.System['watchFile']>)(file, ...rest);
  };
  return system;
}

const INLINE_MAP = /\n\/\/# sourceMappingURL=data:application\/json;base64,([\w+/=]+)\s*$/;

function transpileModule(code: string, request: TS.TranspileOptions): TS.TranspileOutput {
  const inline = INLINE_MAP.exec(code);
  const output = ts.transpileModule(code.replace(INLINE_MAP, ''), {
    ...request,
    compilerOptions: { ...request.compilerOptions, sourceMap: true },
    transformers: { before: [guardAwaits(ts)] },
  });
  const outputText = output.outputText.replace(/\n\/\/# sourceMappingURL=.*\s*$/, '\n');
  if (inline !== null) {
    const json = Buffer.from(inline[1], 'base64').toString('utf8');
    mappings.set(outputText, new Mapping([json, output.sourceMapText as string]));
  }
  return { ...output, outputText };
}

/** Puts the wrapped compiler in place; to be called once, before tslab is required. */
export function prepareCompiler(surroundings: Surroundings): void {
  const ambientFiles = [...surroundings.ambient.keys()];
  const createWatchCompilerHost = ts.createWatchCompilerHost as (
    roots: string[],
    options: TS.CompilerOptions,
    ...rest: unknown[]
  ) => unknown;
  const createWatchProgram = ts.createWatchProgram as (host: unknown) => {
    updateRootFileNames(files: string[]): void;
  };
  const wrapped = {
    ...ts,
    sys: systemWith(surroundings),
    transpileModule,
    createWatchCompilerHost: (roots: string[], given: TS.CompilerOptions, ...rest: unknown[]) =>
      createWatchCompilerHost([...roots, ...ambientFiles], options(given, surroundings), ...rest),
    createWatchProgram: (host: unknown) => {
      const watch = createWatchProgram(host);
      const update = watch.updateRootFileNames.bind(watch);
      watch.updateRootFileNames = (files) => update([...files, ...ambientFiles]);
      return watch;
    },
  };
  (require.cache[compilerPath] as NodeModule).exports = wrapped;
}
