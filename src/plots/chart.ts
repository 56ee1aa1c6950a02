/** @file A chart that shows itself wherever it is: live, as a still picture, as text. */
import { writeFileSync } from 'node:fs';
import { extname } from 'node:path';
import { type Displayable, displaySymbol, type MimeBundle } from '../utils/display';
import { DataError } from '../utils/errors';
import { renderPng } from './png';
import { renderSvg, type Spec } from './render';

/** The MIME type by which JupyterLab 4 and VS Code draw Vega-Lite 5. */
export const VEGA_LITE = 'application/vnd.vegalite.v5+json';

/** What a chart is made of. */
export interface ChartParts {
  /** To be drawn where scripts run: with tooltips, zoom, legend selection. */
  live: Spec;
  /** The same without them, for pictures. */
  still: Spec;
  /** What a place without pictures shows. */
  text: string;
}

/** A Vega-Lite chart. At the end of a cell it draws itself. */
export class Chart implements Displayable {
  constructor(private readonly parts: ChartParts) {}

  /** The Vega-Lite 5 specification; plain data. */
  get spec(): Spec {
    return this.parts.live;
  }

  /** The chart as a picture: an SVG document. */
  toSvg(): Promise<string> {
    return renderSvg(this.parts.still);
  }

  /**
   * The chart as the bytes of a PNG file, twice as many pixels wide and high as on the screen.
   * @param background - A CSS colour; `transparent` for none.
   */
  async toPng(background = 'white'): Promise<Buffer> {
    return renderPng(await this.toSvg(), background);
  }

  /** Without the picture: cheap, for updates while something runs. */
  quickBundle(): MimeBundle {
    return { [VEGA_LITE]: this.parts.live, 'text/plain': this.parts.text };
  }

  /** Everything that any place can show. No HTML, which exported notebooks would prefer. */
  async bundle(): Promise<MimeBundle> {
    return { ...this.quickBundle(), 'image/svg+xml': await this.toSvg() };
  }

  [displaySymbol](): Promise<MimeBundle> {
    return this.bundle();
  }

  /**
   * Writes the chart to a file.
   * @param path - Ends in `.svg` or `.png` (a picture) or `.json` (the Vega-Lite specification).
   */
  async save(path: string): Promise<void> {
    const suffix = extname(path);
    if (suffix === '.svg') writeFileSync(path, await this.toSvg());
    else if (suffix === '.png') writeFileSync(path, await this.toPng());
    else if (suffix === '.json') writeFileSync(path, `${JSON.stringify(this.spec, null, 1)}\n`);
    else {
      const names = '.svg, .png or .json';
      throw new DataError(`Chart.save: expected a name in ${names}, received \`${path}\`.`);
    }
  }

  toString(): string {
    return this.parts.text;
  }
}
