/**
 * @file JupyterLab's side of kernel/missed.ts, as a module federation container written by hand: it
 * needs no build. When a notebook is opened it asks the kernel what cells have shown that another
 * page ran, and puts that below them, again and again as long as they run.
 */
'use strict';

(() => {
  const NAME = 'tslearn2';
  const TARGET = 'tslearn2.missed';
  /** JupyterLab's own modules, by name and version. */
  let shared = {};

  async function moduleOf(name) {
    const [version] = Object.values(shared[name]);
    return (await version.get())();
  }

  /** Draws what has changed since it was told last, and leaves the rest alone. */
  function fillOutputs(model, outputs, former) {
    if (former === undefined || former.length > outputs.length) model.clear();
    outputs.forEach((output, i) => {
      if (i >= model.length) model.add(output);
      else if (JSON.stringify(former[i]) !== JSON.stringify(output)) model.set(i, output);
    });
  }

  /** A cell that the page knows to have ended so is left alone. */
  function fillCell(cell, { count, running, outputs }, told) {
    if (!told.has(cell) && cell.executionCount === count) return;
    cell.trusted = true; // The kernel of this notebook has made it.
    fillOutputs(cell.outputs, outputs, told.get(cell));
    told.set(cell, outputs);
    cell.executionCount = running ? null : count;
    cell.executionState = running ? 'running' : 'idle';
  }

  function fill(notebook, missed, told) {
    const cells = new Map(missed.map((each) => [each.cell, each]));
    for (let i = 0; i < notebook.cells.length; i++) {
      const cell = notebook.cells.get(i);
      if (cell.type === 'code' && cells.has(cell.id)) fillCell(cell, cells.get(cell.id), told);
    }
  }

  /** Asks the kernel of a notebook that was opened, if it is one of ours. */
  async function catchUp({ context, sessionContext }) {
    await Promise.all([context.ready, sessionContext.ready]);
    const kernel = sessionContext.session?.kernel;
    if (!kernel || (await kernel.info).implementation !== NAME) return;
    /** What was told of each cell last. */
    const told = new Map();
    const comm = kernel.createComm(TARGET);
    comm.onMsg = ({ content }) => fill(context.model, content.data.cells, told);
    comm.open();
  }

  async function plugin() {
    const { INotebookTracker } = await moduleOf('@jupyterlab/notebook');
    return {
      id: `${NAME}:missed`,
      autoStart: true,
      requires: [INotebookTracker],
      activate(_, tracker) {
        tracker.widgetAdded.connect((__, panel) => {
          catchUp(panel).catch((error) => console.warn(`${NAME}: ${error.message}`));
        });
      },
    };
  }

  window._JUPYTERLAB = window._JUPYTERLAB ?? {};
  window._JUPYTERLAB[NAME] = {
    init: (scope) => {
      shared = scope;
    },
    get: async () => {
      const made = { __esModule: true, default: await plugin() };
      return () => made;
    },
  };
})();
