/** @file Widgets whose page side is given as text, as for Python's anywidget. */
import { Widget } from './widget';

/** The page side of a widget. */
export interface Front {
  /** An ES module whose default export has `render({ model, el })`: see anywidget's documentation. */
  esm: string;
  css?: string;
}

/**
 * A widget of one's own:
 * `anywidget({ esm: 'export default { render({ model, el }) { ... } }' }, { value: 0 })`.
 * @param state - What page and kernel share; `model.get` and `model.set` on the page.
 */
export function anywidget<S extends object>({ esm, css = '' }: Front, state: S): Widget<S> {
  const page = { module: 'anywidget', version: '~0.11.*', model: 'AnyModel', view: 'AnyView' };
  const front = { _esm: esm, _css: css, _anywidget_id: 'tslearn2.anywidget' };
  return new Widget<S>(page, { ...front, ...state });
}
