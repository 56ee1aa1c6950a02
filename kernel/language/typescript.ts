/**
 * @file The TypeScript compiler as tslab is to see it. tslab takes no compiler options, so the
 * module that it requires is replaced, before it does, by a copy in which some functions are
 * wrapped: strict options and extra files go in, source maps come out, awaits are guarded, and
 * `{ name }` finds the names of earlier cells.
 */
import path from 'node:path';
import type * as TS from '@tslab/typescript-for-tslab';
import { requireKept } from './compiled_code';
import { expandShorthand, seeShorthandValues } from './expand_shorthand';
import { hideGlobals, hideGlobalScope } from './global_scope';
import { guardAwaits } from './guard_awaits';
import { LateComments } from './late_comments';
import { lightBuilder } from './light_builder';
import { Mapping } from './mapping';
import { printKept } from './print_kept';
import { resolvers } from './resolution';

type Compiler = typeof TS;

const fromTslab = { paths: [path.dirname(require.resolve('tslab/dist/converter.js'))] };
const compilerPath = require.resolve('@tslab/typescript-for-tslab', fromTslab);
/** The compiler that tslab brings, unchanged. */
export const ts = requireKept(compilerPath) as Compiler;

/** What the notebook's compiler knows beyond its cells. */
export interface Surroundings {
  /** Text of declaration files that exist nowhere, by absolute path; all are in scope. */
  ambient: ReadonlyMap<string, string>;
  /** Where modules are found, as in tsconfig's `paths`, with absolute targets. */
  paths: Record<string, string[]>;
  /** Folders in which nothing changes while the kernel runs. */
  fixed: string[];
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
    // Finds what a package `exports`, ES modules too.
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    paths: surroundings.paths,
    strict: true,
    // tslab runs cells as sloppy scripts and says so; only the checks are wanted.
    alwaysStrict: false,
    inlineSourceMap: true,
    disableTopLevelAwait: false,
  };
}

const noWatcher: TS.FileWatcher = { close: () => undefined };

/** Whether a file is one of the two in which tslab has cells: their imports are resolved whenever they change. */
function isCell(file: string): boolean {
  return /[\\/]__(tslab__\.ts|prev__\.d\.ts)$/.test(file);
}

/** Whether a file lies in one of some folders; remembered, as each cell asks for each of a thousand. */
function within(folders: readonly string[]): (file: string) => boolean {
  const known = new Map<string, boolean>();
  return (file) => {
    let isWithin = known.get(file);
    if (isWithin === undefined) {
      isWithin = folders.some((folder) => file.startsWith(folder));
      known.set(file, isWithin);
    }
    return isWithin;
  };
}

function systemWith({ ambient, fixed }: Surroundings): TS.System {
  const system = Object.create(ts.sys) as TS.System;
  const isFixed = within(fixed);
  const comments = new LateComments(ts, (file) => ts.sys.readFile(file));
  system.readFile = (file, encoding) => {
    const text = ambient.get(file) ?? ts.sys.readFile(file, encoding);
    const isLate = text !== undefined && isFixed(file) && /\.d\.[cm]?ts$/.test(file);
    return isLate ? comments.hide(file, text) : text;
  };
  system.fileExists = (file) => ambient.has(file) || ts.sys.fileExists(file);
  const watchFile = ts.sys.watchFile as NonNullable<TS.System['watchFile']>;
  const watchDirectory = ts.sys.watchDirectory as NonNullable<TS.System['watchDirectory']>;
  // Watching what does not change costs time and file handles.
  system.watchFile = (file, ...rest) => (isFixed(file) ? noWatcher : watchFile(file, ...rest));
  system.watchDirectory = (folder, ...rest) =>
    isFixed(folder) ? noWatcher : watchDirectory(folder, ...rest);
  return system;
}

const INLINE_MAP = /\n\/\/# sourceMappingURL=data:application\/json;base64,([\w+/=]+)\s*$/;

function transpileModule(code: string, request: TS.TranspileOptions): TS.TranspileOutput {
  const inline = INLINE_MAP.exec(code);
  const output = ts.transpileModule(code.replace(INLINE_MAP, ''), {
    ...request,
    compilerOptions: { ...request.compilerOptions, sourceMap: true },
    transformers: code.includes('await') ? { before: [guardAwaits(ts)] } : {},
  });
  const outputText = output.outputText.replace(/\n\/\/# sourceMappingURL=.*\s*$/, '\n');
  if (inline !== null) {
    const json = Buffer.from(inline[1], 'base64').toString('utf8');
    mappings.set(outputText, new Mapping([json, output.sourceMapText as string]));
  }
  return { ...output, outputText };
}

/** The part of the compiler's watch that is wrapped. */
interface WatchProgram {
  updateRootFileNames(files: string[]): void;
}

/** The part of tslab's watch host that is wrapped. */
interface WatchHost {
  /** Takes each new program. */
  afterProgramCreate(builder: TS.BuilderProgram): void;
}

/** A package that declares no types is no error: all that it exports is `any`. */
const UNTYPED_MODULE = 7016;

/** What the fork of the compiler that tslab brings has beside the original. */
interface Fork {
  getPreEmitDiagnosticsOfFiles(...parameters: unknown[]): readonly TS.Diagnostic[];
}

/** What is wrong with a cell and the modules that it imports. */
const getPreEmitDiagnosticsOfFiles: Fork['getPreEmitDiagnosticsOfFiles'] = (...parameters) => {
  const fork = ts as unknown as Fork;
  const all = fork.getPreEmitDiagnosticsOfFiles(...parameters);
  return all.filter(({ code }) => code !== UNTYPED_MODULE);
};

let current: TS.Program | undefined;

/** The program of the code that was converted, completed or inspected last. */
export function currentProgram(): TS.Program | undefined {
  return current;
}

/** A program that emits `{ name }` of earlier cells' names as it should, and knows `global`. */
function mended(builder: TS.BuilderProgram): TS.BuilderProgram {
  current = builder.getProgram();
  seeShorthandValues(ts, current.getTypeChecker());
  hideGlobals(ts, current.getTypeChecker());
  hideGlobalScope(builder);
  const emit = builder.emit.bind(builder);
  builder.emit = (file, write, token, declarationsOnly, transformers) => {
    const before = [...(transformers?.before ?? []), expandShorthand(ts)];
    return emit(file, write, token, declarationsOnly, { ...transformers, before });
  };
  return builder;
}

/** A printer that takes what is left of earlier cells' declarations as it stands. */
function createPrinter(...parameters: Parameters<Compiler['createPrinter']>): TS.Printer {
  const printer = ts.createPrinter(...parameters);
  return { ...printer, printFile: (file) => printKept(ts, printer, file) };
}

/** Puts the wrapped compiler in place; to be called once, before tslab is required. */
export function prepareCompiler(surroundings: Surroundings): void {
  const ambientFiles = [...surroundings.ambient.keys()];
  const createWatchCompilerHost = ts.createWatchCompilerHost as (
    roots: string[],
    options: TS.CompilerOptions,
    ...rest: unknown[]
  ) => TS.WatchCompilerHost<TS.BuilderProgram>;
  const createWatchProgram = ts.createWatchProgram as unknown as (host: WatchHost) => WatchProgram;
  const wrapped = {
    ...ts,
    sys: systemWith(surroundings),
    createPrinter,
    transpileModule,
    getPreEmitDiagnosticsOfFiles,
    createWatchCompilerHost: (
      roots: string[],
      given: TS.CompilerOptions,
      system: TS.System,
      _createProgram: null,
      ...reporters: unknown[]
    ) => {
      const files = [...roots, ...ambientFiles];
      const chosen = options(given, surroundings);
      const host = createWatchCompilerHost(files, chosen, system, lightBuilder(ts), ...reporters);
      const isFixed = within(surroundings.fixed);
      return Object.assign(host, {
        ...resolvers(ts, host, isFixed),
        // Without an answer to this the compiler walks through all files again for each cell.
        hasInvalidatedResolutions: (file: string) => !isFixed(file) && !isCell(file),
      });
    },
    createWatchProgram: (host: WatchHost) => {
      const { afterProgramCreate } = host;
      host.afterProgramCreate = (builder) => afterProgramCreate(mended(builder));
      const watch = createWatchProgram(host);
      const update = watch.updateRootFileNames.bind(watch);
      watch.updateRootFileNames = (files) => update([...files, ...ambientFiles]);
      return watch;
    },
  };
  (require.cache[compilerPath] as NodeModule).exports = wrapped;
}
