/** @file Lets cells that `import * as tslab` display as they do in tslab's own kernel. */
import { currentCell } from './cell';
import type { Content } from './io';

interface Display extends Content {
  transient: { display_id?: string };
}

export function installTslabDisplay(): void {
  // tslab looks the function up in its own module, under the name by which it exports it.
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const jupyter = require('tslab/dist/jupyter') as {
    lastWriteDisplayData: (display: Display, update: boolean) => void;
  };
  jupyter.lastWriteDisplayData = (display, update) => {
    currentCell()?.publish(update === true ? 'update_display_data' : 'display_data', display);
  };
}
