/** @file tslab's handler of requests, answering in full what tslab answers in part. */
import { JupyterHandlerImpl } from 'tslab/dist/jupyter';
import type { Evaluator } from './evaluator';
import { kernelInfo } from './kernel_info';
import { complete, completeness, inspect, toUtf16, yamlContext } from './language';
import { YamlHelp } from './yaml_help';
import type { Library } from './library';

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
  private readonly yaml: YamlHelp;

  constructor(
    private readonly evaluator: Evaluator,
    library: Library,
  ) {
    super(evaluator.executor, false);
    this.yaml = new YamlHelp(library, evaluator.executor);
  }

  override handleKernel(): Answer<'handleKernel'> {
    return kernelInfo() as unknown as Answer<'handleKernel'>;
  }

  override handleIsComplete({ code }: { code: string }): Answer<'handleIsComplete'> {
    return completeness(code);
  }

  override handleInspect({ code, cursor_pos }: Cursor): Answer<'handleInspect'> {
    const context = yamlContext(code, toUtf16(code, cursor_pos));
    const content =
      context === undefined
        ? inspect(this.evaluator.executor, code, cursor_pos)
        : this.yaml.inspect(context);
    return content as unknown as Answer<'handleInspect'>;
  }

  override handleComplete({ code, cursor_pos }: Cursor): Answer<'handleComplete'> {
    const context = yamlContext(code, toUtf16(code, cursor_pos));
    const content =
      context === undefined
        ? complete(this.evaluator.executor, code, cursor_pos)
        : this.yaml.complete(code, context);
    return content as unknown as Answer<'handleComplete'>;
  }

  override handleShutdown({ restart }: { restart: boolean }): Answer<'handleShutdown'> {
    return { restart };
  }
}
