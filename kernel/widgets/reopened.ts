/**
 * @file What a page that is opened again asks first: which widgets there are, and how they stand.
 * Spoken over a comm of its own, as ipywidgets' page side does (control protocol 1.0).
 */
import { comms } from '../comms';

/** A widget as a page builds it. */
export interface WidgetState {
  model_name: string;
  model_module: string;
  model_module_version: string;
  state: object;
}

const CONTROL = 'jupyter.widget.control';

/** The widgets that were not closed, by their names on the page. */
const open = new Map<string, () => WidgetState>();

function answer(): object {
  const states = Object.fromEntries([...open].map(([id, state]) => [id, state()]));
  return { method: 'update_states', states, buffer_paths: [] };
}

/** From now on reopened pages are told of a widget. @returns Ends it. */
export function tellReopened(id: string, state: () => WidgetState): () => void {
  comms.register(CONTROL, (comm) => {
    comm.onMessage(({ data }) => {
      if (data.method === 'request_states') comm.send({ ...answer() });
    });
  });
  open.set(id, state);
  return () => void open.delete(id);
}
