/**
 * @file SVG to PNG, by resvg, with a font that comes along: the same picture on every machine. Both
 * are loaded by the first picture.
 */
import { dirname, join } from 'node:path';

interface Resvg {
  Resvg: new (svg: string, options: object) => { render(): { asPng(): Buffer } };
}

/** Pixels of a picture for each of the chart. */
const SCALE = 2;
const FONT = 'DejaVu Sans';

/** Files of the font: plain and bold. */
function fontFiles(): string[] {
  const folder = join(dirname(require.resolve('dejavu-fonts-ttf/package.json')), 'ttf');
  return ['DejaVuSans.ttf', 'DejaVuSans-Bold.ttf'].map((name) => join(folder, name));
}

/**
 * The bytes of a PNG file, twice as many pixels wide and high as the SVG says.
 * @param svg - As vega writes it.
 * @param background - A CSS colour; `transparent` for none.
 */
export function renderPng(svg: string, background: string): Buffer {
  // Required when first used: see the head of this file.
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const { Resvg } = require('@resvg/resvg-js') as Resvg;
  const image = new Resvg(sharp(svg), {
    background,
    fitTo: { mode: 'zoom', value: SCALE },
    font: { loadSystemFonts: false, fontFiles: fontFiles(), defaultFontFamily: FONT },
  });
  return image.render().asPng();
}

/** Of two ways to ask for sharp pixels resvg knows one, and takes the last that is given. */
function sharp(svg: string): string {
  return svg.replaceAll('image-rendering: pixelated;', '');
}
