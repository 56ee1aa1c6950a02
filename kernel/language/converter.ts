/**
 * @file tslab's converter with what the notebook adds: names of a cell that failed are kept, maps
 * of the emitted code are handed out, top-level await is found in every form.
 */
import type { Converter, ConvertResult, Diagnostic } from 'tslab/dist/converter';
import type { ConverterSet } from 'tslab/dist/executor';
import { awaitsAtTop } from './guard_awaits';
import type { Mapping } from './mapping';
import {
  declarationsOf,
  declaredNames,
  keepDeclared,
  namespacesOf,
  withoutExports,
} from './declarations';
import { takeMapping, ts } from './typescript';

/** Names that cells have declared, with their values. */
type Names = Record<string, unknown>;

/** What came of converting a cell. */
export interface Converted {
  diagnostics: readonly Diagnostic[];
  mapping?: Mapping;
  /** Maps of local modules that the cell imports, by path. */
  modules: ReadonlyMap<string, Mapping>;
}

export class NotebookConverter implements Converter {
  /** What came of the last conversion. */
  last: Converted = { diagnostics: [], modules: new Map() };
  private declared = '';
  private pending: string | undefined;
  private source = '';

  constructor(private readonly inner: Converter) {}

  /** The pair that tslab's executor wants. Cells for a browser are checked like the others. */
  asSet(): ConverterSet {
    return { node: this, browser: this, close: () => this.close() };
  }

  convert(_previous: string, source: string): ConvertResult {
    const result = this.inner.convert(this.declared, withoutExports(ts, source));
    this.source = source;
    this.pending =
      result.diagnostics.length > 0 ? undefined : (result.declOutput ?? '') + this.namespaces();
    const modules = new Map<string, Mapping>();
    for (const { path, data } of result.sideOutputs ?? []) {
      const mapping = takeMapping(data);
      if (mapping !== undefined) modules.set(path, mapping);
    }
    const { diagnostics, output } = result;
    this.last = { diagnostics, modules, mapping: takeMapping(output ?? '') };
    if (output === undefined) return result;
    return { ...result, hasToplevelAwait: awaitsAtTop(ts, output) };
  }

  /** The cell ran to its end: all it declared is there. */
  succeeded(): void {
    this.declared = this.pending ?? this.declared;
    this.pending = undefined;
  }

  /**
   * The cell was cut short: names that it did not come to declare are forgotten, or stay what they
   * were before.
   * @param locals - All names with their values, in which former values are put back.
   * @param before - The same as it was before the cell.
   */
  failed(locals: Names, before: Readonly<Names>): void {
    if (this.pending === undefined) return;
    const unreached = declaredNames(ts, this.source).filter((name) => locals[name] === undefined);
    const former = new Set(unreached.filter((name) => before[name] !== undefined));
    const hasValue = (name: string): boolean => !former.has(name) && locals[name] !== undefined;
    const kept = keepDeclared(ts, this.pending, hasValue);
    for (const name of former) locals[name] = before[name];
    this.declared = kept + declarationsOf(ts, this.declared, former);
    this.pending = undefined;
  }

  private namespaces(): string {
    if (!/^declare (namespace|module|global) /m.test(this.declared)) return '';
    return namespacesOf(ts, this.declared, declaredNames(ts, this.source));
  }

  inspect(_previous: string, source: string, position: number): ReturnType<Converter['inspect']> {
    return this.inner.inspect(this.declared, source, position);
  }

  complete(_previous: string, source: string, position: number): ReturnType<Converter['complete']> {
    return this.inner.complete(this.declared, source, position);
  }

  addModule(...args: Parameters<Converter['addModule']>): Diagnostic[] {
    const diagnostics = this.inner.addModule(...args);
    this.last = { diagnostics, modules: new Map() };
    return diagnostics;
  }

  close(): void {
    this.inner.close();
  }
}
