/**
 * @file Plain pictures: pixels, PNG, and how they show themselves. pngjs writes the files.
 */
import { writeFileSync } from 'node:fs';
import { PNG } from 'pngjs';
import { type Displayable, displaySymbol, type MimeBundle } from '../utils/display';

/** How wide a small picture is made at most for the screen, in pixels, and by how much at most. */
const SCREEN_WIDTH = 640;
const MOST = 8;

/** A picture of 8-bit pixels. At the end of a cell it shows itself. */
export class Picture implements Displayable {
  /**
   * @param data - Red, green, blue and opacity of each pixel, row by row; shared, not copied.
   * @param caption - What it is, for places without pictures.
   */
  constructor(
    readonly width: number,
    readonly height: number,
    readonly data: Uint8Array,
    readonly caption = 'picture',
  ) {}

  /** Each pixel as a square of `factor` by `factor` pixels. */
  enlarged(factor: number): Picture {
    if (factor === 1) return this;
    const [width, height] = [this.width * factor, this.height * factor];
    const from = new Uint32Array(this.data.slice().buffer);
    const to = new Uint32Array(width * height);
    for (let row = 0; row < height; row++) {
      const start = Math.floor(row / factor) * this.width;
      for (let column = 0; column < width; column++) {
        to[row * width + column] = from[start + Math.floor(column / factor)];
      }
    }
    return new Picture(width, height, new Uint8Array(to.buffer), this.caption);
  }

  /** By how much it is enlarged where it is looked at: a whole number, more than 1 for small ones. */
  get screenFactor(): number {
    return Math.min(MOST, Math.max(1, Math.floor(SCREEN_WIDTH / this.width)));
  }

  /** The picture as large as it is looked at. */
  forScreen(): Picture {
    return this.enlarged(this.screenFactor);
  }

  /** The bytes of a PNG file, a pixel for a pixel. */
  toPng(): Buffer {
    const png = new PNG({ width: this.width, height: this.height });
    png.data = Buffer.from(this.data);
    return PNG.sync.write(png, this.isGrey() ? { colorType: 0 } : {});
  }

  /** Whether it has no colours and nothing shines through; its file is a third as long. */
  private isGrey(): boolean {
    const pixels = new Uint32Array(this.data.slice().buffer);
    // The same byte for red, green and blue, below opacity; processors are little-endian here.
    return pixels.every((pixel) => pixel === (0xff000000 | ((pixel & 0xff) * 0x010101)) >>> 0);
  }

  /** The base64 text of a PNG file, as notebooks take it. */
  toBase64(): string {
    return this.toPng().toString('base64');
  }

  save(path: string): void {
    writeFileSync(path, this.toPng());
  }

  [displaySymbol](): MimeBundle {
    return { 'image/png': this.forScreen().toBase64(), 'text/plain': this.toString() };
  }

  toString(): string {
    return `${this.caption}, ${this.width} x ${this.height} pixels`;
  }
}
