/**
 * @file Something on the page that a cell can see and set, over a comm, as ipywidgets' page side
 * speaks (message protocol 2.1). The page side comes with JupyterLab's extension.
 */
import { displaySymbol, type Displayable, type MimeBundle } from '../../src/utils/display';
import { comms, type Comm } from '../comms';
import type { Content } from '../io';
import { tellReopened } from './reopened';

/** What draws a widget on the page: a module of the page's, and the classes in it. */
export interface PageSide {
  module: string;
  version: string;
  model: string;
  view: string;
}

const PROTOCOL = '2.1.0';
const VIEW = 'application/vnd.jupyter.widget-view+json';

/** What ipywidgets' controls are drawn by. */
export function controls(name: string): PageSide {
  const module = '@jupyter-widgets/controls';
  return { module, version: '2.0.0', model: `${name}Model`, view: `${name}View` };
}

/** A widget with the state `S`; at the end of a cell it shows itself. */
export class Widget<S extends object> implements Displayable {
  private readonly comm: Comm;
  private readonly changed = new Set<(change: Partial<S>) => unknown>();
  private readonly heard = new Set<(content: Content) => unknown>();
  private readonly forget: () => void;

  constructor(
    page: PageSide,
    private readonly values: S,
  ) {
    const { module, version, model, view } = page;
    const names = {
      ...{ _model_module: module, _model_module_version: version, _model_name: model },
      ...{ _view_module: module, _view_module_version: version, _view_name: view },
    };
    const state = { ...names, ...values };
    this.comm = comms.connect('jupyter.widget', {
      data: { state, buffer_paths: [] },
      metadata: { version: PROTOCOL },
    });
    this.comm.onMessage(({ data }, reply) => {
      if (data.method === 'request_state') reply(this.updateOf({ ...names, ...this.values }));
      else return this.hear(data);
    });
    this.forget = tellReopened(this.comm.id, () => ({
      ...{ model_name: model, model_module: module, model_module_version: version },
      state: { ...names, ...this.values },
    }));
    this.comm.onClose(this.forget);
  }

  /** How other widgets refer to this one. */
  get reference(): string {
    return `IPY_MODEL_${this.comm.id}`;
  }

  /** The state as it is now, on the page and here. */
  get state(): Readonly<S> {
    return this.values;
  }

  /** Changes the widget on the page. */
  set(change: Partial<S>): void {
    Object.assign(this.values, change);
    this.comm.send(this.updateOf(change));
  }

  /** Hears what the person changes. @returns Ends the hearing. */
  onChange(listener: (change: Partial<S>) => unknown): () => void {
    this.changed.add(listener);
    return () => void this.changed.delete(listener);
  }

  /** Hears what the page side says beside the state, such as clicks. @returns Ends the hearing. */
  onCustom(listener: (content: Content) => unknown): () => void {
    this.heard.add(listener);
    return () => void this.heard.delete(listener);
  }

  /** Takes the widget off the page. */
  close(): void {
    this.forget();
    this.comm.close();
  }

  [displaySymbol](): MimeBundle {
    const view = { version_major: 2, version_minor: 0, model_id: this.comm.id };
    return { [VIEW]: view, 'text/plain': this.toString() };
  }

  toString(): string {
    return `a widget, drawn by JupyterLab while this kernel runs`;
  }

  private updateOf(state: object): Content {
    return { method: 'update', state, buffer_paths: [] };
  }

  private async hear(data: Content): Promise<void> {
    if (data.method === 'update') {
      Object.assign(this.values, data.state);
      for (const listener of [...this.changed]) await listener(data.state as Partial<S>);
    } else if (data.method === 'custom') {
      for (const listener of [...this.heard]) await listener(data.content as Content);
    }
  }
}
