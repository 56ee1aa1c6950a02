/**
 * @file Runs cells with tslab's executor, and finds out what came of them: tslab prints results and
 * errors on a console, and ours keeps them.
 */
import vm from 'node:vm';
import { createConverter } from 'tslab/dist/converter';
import { createExecutor, type Executor } from 'tslab/dist/executor';
import type { Cell } from './cell';
import { EsModules } from './es_modules';
import { guard, guardEach } from './guard';
import { Interrupted, saysInterrupted } from './interrupted';
import { Slot } from './io';
import { compileError, importedModules, NotebookConverter } from './language';
import { registerSource } from './stack';

/** What came of a cell. */
export type Outcome = { ok: true; value: unknown } | { ok: false; error: unknown };

/** A cell that has run. */
interface Ended {
  cell: Cell;
  code: string;
  /** Names and their values as they were before. */
  before: Readonly<Record<string, unknown>>;
}

/** The beginnings of what tslab wraps around a cell. */
const WRAPPERS = ['(async function(exports, require) { ', '(function(exports, require) { '];

export class Evaluator {
  readonly executor: Executor;
  private readonly converter: NotebookConverter;
  private readonly modules: EsModules;
  private running: { cell: Cell; code: string } | undefined;
  private value: unknown;
  private error: unknown;

  /** @param shared - Memory in which is noted when a cell runs inside `vm`. */
  constructor(
    folder: string,
    private readonly shared: Int32Array,
  ) {
    this.converter = new NotebookConverter(createConverter({ isJS: false, isBrowser: false }));
    this.executor = createExecutor(folder, this.converter.asSet(), {
      log: (value: unknown) => {
        this.value = value;
      },
      error: (thrown: unknown) => {
        this.error = thrown;
      },
    });
    const { __tslab__: scope } = globalThis as unknown as {
      __tslab__: { require: (specifier: string) => unknown };
    };
    this.modules = new EsModules(folder, scope.require);
    Object.assign(scope, { guard, guardEach, require: this.modules.require });
    this.wrapVm();
  }

  /** Names that cells have declared, with their values. */
  get locals(): Readonly<Record<string, unknown>> {
    return this.executor.locals;
  }

  /** Runs a cell; never throws. */
  async run(cell: Cell, code: string): Promise<Outcome> {
    this.value = undefined;
    this.error = undefined;
    this.converter.last = { diagnostics: [], modules: new Map() };
    this.running = { cell, code };
    const before = { ...this.locals };
    let ok: boolean;
    try {
      await cell.run(() => guard(this.modules.prepare(importedModules(code))));
      ok = await cell.run(() => this.executor.execute(code));
    } catch (error) {
      ok = false;
      this.error = error;
    }
    this.running = undefined;
    return this.outcome({ cell, code, before }, ok);
  }

  private outcome({ cell, code, before }: Ended, ok: boolean): Outcome {
    const { diagnostics } = this.converter.last;
    if (diagnostics.length > 0) {
      return { ok: false, error: compileError(diagnostics, cell.name, code) };
    }
    if (ok && !cell.signal.aborted) {
      this.converter.succeeded();
      return { ok: true, value: this.value };
    }
    this.converter.failed(this.executor.locals, before);
    const stopped = cell.signal.aborted || saysInterrupted(this.error);
    // Stopped within `vm`, the cell itself has not heard of it; what it has set off must.
    if (stopped) cell.stop();
    return { ok: false, error: stopped ? new Interrupted() : this.error };
  }

  /** Gives the code of cells a name in stack traces, and tells when it runs. */
  private wrapVm(): void {
    const original = vm.runInThisContext;
    vm.runInThisContext = (code, options) => {
      const wrapper = WRAPPERS.find((start) => code.startsWith(start));
      if (this.running === undefined || wrapper === undefined) return original(code, options);
      const { cell, code: source } = this.running;
      const { mapping, modules } = this.converter.last;
      const emitted = code.split('\n').length - 1;
      registerSource(cell.name, { code: source, mapping, emitted });
      for (const [path, map] of modules) {
        registerSource(path, { code: '', mapping: map, emitted: Infinity });
      }
      const given = typeof options === 'object' ? options : {};
      Atomics.store(this.shared, Slot.inVm, 1);
      try {
        const columnOffset = -wrapper.length;
        return original(code, { ...given, filename: cell.name, columnOffset });
      } finally {
        Atomics.store(this.shared, Slot.inVm, 0);
      }
    };
  }
}
