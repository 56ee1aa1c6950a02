/** @file Images as addresses that hold them, for charts and HTML. */
import { PNG, type PNGOptions } from 'pngjs';
import type { NdArray } from '../utils/nd_array';

/**
 * An image as a `data:` address of a PNG file, a pixel for a pixel.
 * @param patch - [rows, columns, 1 or 3] in [-1, 1], where -1 is black and 1 is white.
 */
export function dataUrl(patch: NdArray): string {
  const [height, width, channels] = patch.shape;
  const colorType = channels === 3 ? 2 : 0;
  const options: PNGOptions = { width, height, colorType, inputColorType: colorType };
  const png = new PNG(options);
  png.data = Buffer.from((patch.data as Float32Array).map((value) => (value * 0.5 + 0.5) * 255));
  const file = PNG.sync.write(png, { ...options, inputHasAlpha: false });
  return `data:image/png;base64,${file.toString('base64')}`;
}
