/** @file tslab's handler of requests, answering in full what tslab answers in part. */
import { JupyterHandlerImpl } from 'tslab/dist/jupyter';
import type { Evaluator } from './evaluator';
import { kernelInfo } from './kernel_info';
import { complete, completeness, inspect } from './language';

/** The answers whose types tslab keeps to itself. */
type Answer<Name extends keyof JupyterHandlerImpl> = JupyterHandlerImpl[Name] extends (
  ...args: never[]
) => infer Result
  ? Result
  : never;

interface Cursor {
  code: string;
  cursor_pos: number;
}

export class KernelHandler extends JupyterHandlerImpl {
  constructor(private readonly evaluator: Evaluator) {
    super(evaluator.executor, false);
  }

  override handleKernel(): Answer<'handleKernel'> {
    return kernelInfo() as unknown as Answer<'handleKernel'>;
  }

  override handleIsComplete({ code }: { code: string }): Answer<'handleIsComplete'> {
    return completeness(code);
  }

  override handleInspect({ code, cursor_pos }: Cursor): Answer<'handleInspect'> {
    const content = inspect(this.evaluator.executor, code, cursor_pos);
    return content as unknown as Answer<'handleInspect'>;
  }

  override handleComplete({ code, cursor_pos }: Cursor): Answer<'handleComplete'> {
    const content = complete(this.evaluator.executor, code, cursor_pos);
    return content as unknown as Answer<'handleComplete'>;
  }

  override handleShutdown({ restart }: { restart: boolean }): Answer<'handleShutdown'> {
    return { restart };
  }
}
