/**
 * @file Stack traces in the words of the notebook: `In[3]:2:7` is line 2 of the third cell as it
 * was typed; frames of the kernel and of tslab are left out.
 */
import path from 'node:path';
import type { Mapping, Place } from './language';

/** What a stack trace needs to know of a piece of code. */
export interface Source {
  code: string;
  mapping: Mapping | undefined;
  /** How many lines of emitted code there are; what comes after them is tslab's. */
  emitted: number;
}

const sources = new Map<string, Source>();
const tslabRoot = path.dirname(require.resolve('tslab/dist/executor.js'));
const FRAMES = 50;

/** Makes a cell, or a local module, known by the name it has in stack traces. */
export function registerSource(name: string, source: Source): void {
  sources.set(name, source);
}

/** The text of a cell, by its name. */
export function sourceOf(name: string): string | undefined {
  return sources.get(name)?.code;
}

/** What the kernel runs cells by; where Node keeps it differs from version to version. */
const RUNNERS = /^node:(vm|async_hooks|internal\/async_local_storage\/\w+)$/;

function isOurs(file: string): boolean {
  return RUNNERS.test(file) || file.startsWith(__dirname + path.sep) || file.startsWith(tslabRoot);
}

function frame(site: NodeJS.CallSite): string[] {
  const file = site.getFileName() ?? '';
  if (isOurs(file)) return [];
  const text = String(site);
  const source = sources.get(file);
  if (source?.mapping === undefined) return [`\n    at ${text}`];
  const [line, column] = [site.getLineNumber() ?? 1, site.getColumnNumber() ?? 1];
  if (line > source.emitted) return [];
  const place: Place | undefined = source.mapping.source({ line, column });
  if (place === undefined) return [];
  const mapped = `${file}:${place.line}:${place.column}`;
  // Names of earlier cells are called by way of tslab's proxy of them.
  const named = text.replace(/^(async )?Proxy\./, '$1');
  return [`\n    at ${named.replace(`${file}:${line}:${column}`, mapped)}`];
}

function headline(error: Error): string {
  try {
    // What `console.trace` gives is no error, only looks like one.
    return Error.prototype.toString.call(error);
  } catch {
    return 'Error';
  }
}

/** Makes V8 write all stack traces of this process so. */
export function installStackTraces(): void {
  Error.stackTraceLimit = FRAMES;
  Error.prepareStackTrace = (error, sites) => headline(error) + sites.flatMap(frame).join('');
}

/** The files on the stack of the caller, innermost first. */
export function filesOnStack(): string[] {
  const usual = Error.prepareStackTrace;
  Error.prepareStackTrace = (_error, sites) => sites.map((site) => site.getFileName() ?? '');
  const files = new Error().stack as unknown as string[];
  Error.prepareStackTrace = usual;
  return files.slice(1);
}
