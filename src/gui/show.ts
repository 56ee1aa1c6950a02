/** @file Shows a picture where a person sees it. Port of `show` of pylearn2/utils/image.py. */
import { spawn } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { displayHost, displaySymbol } from '../utils/display';
import { StateError } from '../utils/errors';
import type { Picture } from './pixels';

/**
 * In a notebook: below the cell. Else: by the command in PYLEARN2_VIEWER_COMMAND, which gets the
 * name of a PNG file.
 * @throws {@link StateError} when there is neither.
 */
export function showPicture(picture: Picture): void {
  const host = displayHost();
  if (host !== undefined) {
    host.show(picture[displaySymbol]());
    return;
  }
  const command = process.env.PYLEARN2_VIEWER_COMMAND;
  if (!command) {
    throw new StateError(
      'show: there is no notebook here, and the environment variable PYLEARN2_VIEWER_COMMAND is ' +
        'not set. Set it to a command that shows a picture, for example `eog --new-instance`, ' +
        'or save the picture to a file.',
    );
  }
  const path = join(mkdtempSync(join(tmpdir(), 'tslearn2-')), 'picture.png');
  picture.save(path);
  // By a shell, as the command may have arguments of its own; the name has nothing to quote.
  spawn(`${command} '${path}'`, { shell: true, detached: true, stdio: 'ignore' }).unref();
}
