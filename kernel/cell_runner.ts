/** @file Runs a cell and publishes what comes of it. */
import { bundleOf } from './bundle';
import { Cell } from './cell';
import type { Evaluator, Outcome } from './evaluator';
import type { Content, Io } from './io';
import { askedName, inspect } from './language';
import type { Library } from './library';
import { reportEarlyStrays } from './strays';
import { describeError } from './traceback';

/** The content of an execute_request. */
export interface ExecuteRequest {
  code: string;
  silent?: boolean;
  store_history?: boolean;
  user_expressions?: Record<string, string>;
  stop_on_error?: boolean;
  allow_stdin?: boolean;
}

export class CellRunner {
  constructor(
    private readonly io: Io,
    private readonly evaluator: Evaluator,
    private readonly library: Library,
  ) {}

  /** @returns The content of the reply, but for the count. */
  async run(cell: Cell, request: ExecuteRequest): Promise<Content> {
    const { code } = request;
    const { count } = cell.options;
    cell.publish('execute_input', { code, execution_count: count });
    cell.run(reportEarlyStrays);
    const asked = askedName(code);
    if (asked !== undefined) return this.page(cell, asked);
    const outcome = await this.shown(cell, await this.evaluator.run(cell, code));
    await cell.settled();
    if (!outcome.ok) return this.failure(cell, outcome.error);
    const user_expressions = await this.evaluate(cell, request.user_expressions ?? {});
    return { status: 'ok', payload: [], user_expressions };
  }

  /** Documentation of a name, to be shown beside or below the notebook. */
  private page(cell: Cell, name: string): Content {
    const { found, data } = inspect(this.evaluator.executor, name, [...name].length);
    if (found !== true) cell.stream('stdout', `Nothing is known of ${name}.\n`);
    const payload = found === true ? [{ source: 'page', data, start: 0 }] : [];
    return { status: 'ok', payload, user_expressions: {} };
  }

  private failure(cell: Cell, error: unknown): Content {
    const content = describeError(error);
    cell.publish('error', content);
    return { status: 'error', ...content };
  }

  /** Publishes the value of a cell; a value that cannot show itself makes the cell fail. */
  private async shown(cell: Cell, outcome: Outcome): Promise<Outcome> {
    if (!outcome.ok || outcome.value === undefined || outcome.value === null) return outcome;
    const { value } = outcome;
    try {
      const data = await cell.run(() => bundleOf(value, this.library));
      const execution_count = cell.options.count;
      cell.publish('execute_result', { execution_count, data, metadata: {} });
      return outcome;
    } catch (error) {
      return { ok: false, error };
    }
  }

  /** The values of expressions that the client wants with the reply. */
  private async evaluate(cell: Cell, expressions: Record<string, string>): Promise<Content> {
    const results: Content = {};
    const options = { ...cell.options, stored: false, silent: true };
    for (const [name, expression] of Object.entries(expressions)) {
      const hidden = new Cell(this.io, cell.parent, options);
      const outcome = await this.evaluator.run(hidden, expression);
      results[name] = outcome.ok
        ? { status: 'ok', data: await bundleOf(outcome.value, this.library), metadata: {} }
        : { status: 'error', ...describeError(outcome.error) };
    }
    return results;
  }
}
