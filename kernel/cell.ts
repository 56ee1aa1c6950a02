/**
 * @file A cell that runs or has run: where its output goes, and whether it was stopped. Whatever a
 * cell starts (promises, timers) belongs to it, also after it has ended.
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import { Interrupted } from './interrupted';
import type { Content, Header, Io, Published } from './io';
import { openRecord, Record } from './record';

const running = new AsyncLocalStorage<Cell>();
let latest: Cell | undefined;

function enter<T>(cell: Cell, task: () => T): T {
  latest = cell;
  return running.run(cell, task);
}

/** The cell whose code runs now; else the last one; undefined before the first. */
export function currentCell(): Cell | undefined {
  return running.getStore() ?? latest;
}

/** The cell whose code runs now, or that set off what runs now. */
export function owningCell(): Cell | undefined {
  return running.getStore();
}

/** How a cell is run. */
export interface CellOptions {
  /** The number in `In[3]`. */
  count: number;
  /** Whether the number is the cell's own. */
  stored: boolean;
  /** Publishes nothing. */
  silent: boolean;
  /** Its name in the notebook, if the page gives it. */
  id?: string;
  /** Routing frames of the client, if it takes questions. */
  asker?: Uint8Array[];
}

/** What may go with the content of something published; `parent` if that is not the cell's request. */
type Extras = Pick<Published, 'metadata' | 'buffers'> & { parent?: Header };

export class Cell {
  /** Its name in stack traces. */
  readonly name: string;
  private readonly record: Record;
  private readonly pending = new Set<Promise<unknown>>();
  private readonly stopper = new AbortController();

  constructor(
    private readonly io: Io,
    readonly parent: Header,
    readonly options: CellOptions,
  ) {
    const origin = { count: options.count, session: parent.session, cell: options.id };
    this.record = options.stored ? openRecord(origin) : new Record(origin);
    this.name = options.stored ? `In[${options.count}]` : 'In[*]';
  }

  /** Aborted when the cell is interrupted. */
  get signal(): AbortSignal {
    return this.stopper.signal;
  }

  stop(): void {
    this.stopper.abort(new Interrupted());
  }

  /** Its code has run. */
  ended(): void {
    this.record.running = false;
  }

  /** Runs something on behalf of this cell. */
  run<T>(task: () => T): T {
    return enter(this, task);
  }

  publish(type: string, content: Content, extras: Extras = {}): void {
    if (this.options.silent) return;
    this.record.note(type, content);
    this.io.publish({ type, parent: this.parent, content, ...extras });
  }

  /**
   * Asks the person at the notebook.
   * @throws Error when the client takes no questions, {@link Interrupted} when the cell is stopped.
   */
  async ask(prompt: string, password: boolean): Promise<string> {
    const { asker: identities } = this.options;
    if (identities === undefined) {
      throw new Error(
        `There is nobody to answer ${JSON.stringify(prompt)}: this client takes no questions.`,
      );
    }
    const { parent } = this;
    return this.io.questions.ask({ identities, parent, prompt, password }, this.signal);
  }

  /** Adds to what the cell has printed. */
  stream(name: 'stdout' | 'stderr', text: string): void {
    if (this.options.silent) return;
    this.record.print(name, text);
    this.io.stream(this.parent, name, text);
  }

  /** The cell is not over before `task` is. */
  awaits(task: Promise<unknown>): void {
    this.pending.add(task);
    void task.finally(() => this.pending.delete(task));
  }

  /** Resolves when everything that the cell awaits is done. */
  async settled(): Promise<void> {
    while (this.pending.size > 0) await Promise.all(this.pending);
  }
}
