/** @file A notebook that holds charts as a kernel leaves them, to be opened without a kernel. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Displayable, displaySymbol } from '../../src/utils/display';

/** Writes `charts.ipynb` into a folder: a cell for each chart, named by its source. */
export async function writeChartNotebook(
  folder: string,
  charts: Readonly<Record<string, Displayable>>,
): Promise<void> {
  const cells = Object.entries(charts).map(async ([name, chart]) => ({
    cell_type: 'code',
    execution_count: 1,
    id: name,
    metadata: {},
    outputs: [{ output_type: 'display_data', data: await chart[displaySymbol](), metadata: {} }],
    source: `// ${name}`,
  }));
  const notebook = {
    cells: await Promise.all(cells),
    metadata: {},
    nbformat: 4,
    nbformat_minor: 5,
  };
  writeFileSync(join(folder, 'charts.ipynb'), JSON.stringify(notebook));
}

/** Settings by which JupyterLab has its dark theme, in a folder for JUPYTERLAB_SETTINGS_DIR. */
export function writeDarkSettings(folder: string): void {
  const place = join(folder, '@jupyterlab', 'apputils-extension');
  mkdirSync(place, { recursive: true });
  writeFileSync(join(place, 'themes.jupyterlab-settings'), '{ "theme": "JupyterLab Dark" }');
}
