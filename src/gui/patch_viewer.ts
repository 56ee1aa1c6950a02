/**
 * @file Pictures of many small images in a grid. Port of pylearn2/gui/patch_viewer.py. Differs:
 * patches are NdArrays, and a viewer shows itself in a notebook; see show.ts for other places.
 */
import { z } from 'zod';
import { type PatchCell, patchesSpec, VEGA_LITE } from '../plots';
import { displaySymbol, type Displayable, type MimeBundle } from '../utils/display';
import { ShapeError, showShape, Tslearn2Error } from '../utils/errors';
import type { NdArray } from '../utils/nd_array';
import { flag, optionsOf, parseOptions } from '../utils/options';
import { Picture } from './pixels';
import { showPicture } from './show';

export interface PatchViewerOptions {
  /** Rows and columns of the grid, in patches. */
  gridShape: [number, number];
  /** Rows and columns of a patch, in pixels; smaller ones are put in the middle. */
  patchShape: [number, number];
  /** Whether patches have red, green and blue; false unless given. */
  isColor?: boolean;
  /** Pixels between patches, vertically and horizontally; 5 and 5 unless given. */
  pad?: [number, number] | null;
  /** Between the patches, in [-1, 1] where 0 is mid-grey; three numbers for colour. */
  background?: number | [number, number, number] | null;
}

const size = z.number().int().positive();
const pixels = z.number().int().nonnegative();
const shade = z.number().min(-1).max(1);
const schema = optionsOf<PatchViewerOptions>()({
  gridShape: z.tuple([size, size]),
  patchShape: z.tuple([size, size]),
  isColor: flag().default(false),
  pad: z.tuple([pixels, pixels]).nullable().default(null),
  background: z
    .union([shade, z.tuple([shade, shade, shade])])
    .nullable()
    .default(null),
});

/** How one patch is added. */
export interface PatchOptions {
  /** Whether the largest magnitude in the patch becomes black or white; else it is in [-1, 1]. */
  rescale?: boolean;
  /** Whether a smaller patch goes to the middle of its place; else it is an error. */
  recenter?: boolean;
  /** Draws a frame around the patch for each number in [0, 1]: yellow, magenta, green. */
  activation?: number | readonly number[] | null;
  /** What a tooltip says of the patch, by name; its number unless given. */
  facts?: Readonly<Record<string, string | number>>;
}

type Colour = readonly [number, number, number];
const FRAMES: readonly Colour[] = [
  [1, 1, 0],
  [1, 0, 1],
  [0, 1, 0],
];

/** A grid of image patches in which 0 is mid-grey, negative is darker, positive is lighter. */
export class PatchViewer implements Displayable {
  static readonly schema = schema;
  private readonly options: z.output<z.ZodType<Required<PatchViewerOptions>>>;
  private readonly pad: [number, number];
  /** Height and width of the picture, in pixels. */
  readonly shape: [number, number];
  private readonly image: Float64Array;
  private cells: PatchCell[] = [];
  private position = 0;

  constructor(options: PatchViewerOptions) {
    this.options = parseOptions(schema, options, 'gui.patch_viewer.PatchViewer');
    this.pad = this.options.pad ?? [5, 5];
    const length = (axis: 0 | 1) =>
      this.pad[axis] +
      this.options.gridShape[axis] * (this.options.patchShape[axis] + this.pad[axis]);
    this.shape = [length(0), length(1)];
    this.image = new Float64Array(this.shape[0] * this.shape[1] * 3);
    this.clear();
  }

  /** A grid for `n` patches: near a square; `exact` for one with no place left over. */
  static pickShape(n: number, exact = false): [number, number] {
    let rows = Math.floor(Math.sqrt(n));
    if (exact) while (n % rows !== 0) rows--;
    return [rows, Math.ceil(n / rows)];
  }

  /** Makes all of it background and starts again at the upper left. */
  clear(): void {
    const { background } = this.options;
    const channels = Array.isArray(background) ? background : Array(3).fill(background ?? 0);
    this.image.forEach((_, i) => (this.image[i] = channels[i % 3] * 0.5 + 0.5));
    this.position = 0;
    this.cells = [];
  }

  /**
   * Adds a patch, left to right, top to bottom; a full viewer starts anew.
   * @param patch - [rows, columns], [rows, columns, 1] or, in colour, [rows, columns, 3]; copied.
   * @throws {@link ShapeError} when it does not fit.
   */
  addPatch(patch: NdArray, options: PatchOptions = {}): void {
    const { rescale = true, recenter = true, activation = null, facts } = options;
    const [top, left] = this.placeFor(patch, recenter);
    const values = shades(patch, rescale);
    if (this.position === 0) this.clear();
    const [rows, columns] = patch.shape;
    const channels = this.options.isColor ? 3 : 1;
    for (let row = 0; row < rows; row++) {
      for (let column = 0; column < columns; column++) {
        const at = (row * columns + column) * channels;
        const colour = channels === 3 ? values.slice(at, at + 3) : Array(3).fill(values[at]);
        this.paint(top + row, left + column, colour as unknown as Colour);
      }
    }
    const frames = activation === null ? [] : [activation].flat();
    frames.forEach((amount, shell) => this.frame([top, left], [rows, columns], shell, amount));
    const corner = { top, left, height: rows, width: columns };
    this.cells.push({ ...corner, facts: facts ?? { patch: this.position } });
    this.position = (this.position + 1) % (this.options.gridShape[0] * this.options.gridShape[1]);
  }

  /** Where the upper left corner of a patch goes. */
  private placeFor(patch: NdArray, recenter: boolean): [number, number] {
    const { patchShape, gridShape, isColor } = this.options;
    const channels = isColor ? 3 : 1;
    const [rows, columns, depth = 1] = patch.shape;
    const fits = recenter
      ? rows <= patchShape[0] && columns <= patchShape[1]
      : rows === patchShape[0] && columns === patchShape[1];
    if (!fits || depth !== channels || patch.shape.length > 3) {
      throw new ShapeError(
        `PatchViewer.addPatch: expected a patch of shape ${showShape([...patchShape, channels])}` +
          `${recenter ? ' or smaller' : ''}, received ${showShape(patch.shape)}.`,
      );
    }
    const cell = [Math.floor(this.position / gridShape[1]), this.position % gridShape[1]];
    const [top, left] = cell.map(
      (i, axis) => this.pad[axis] + i * (patchShape[axis] + this.pad[axis]),
    );
    return [
      top + Math.floor((patchShape[0] - rows) / 2),
      left + Math.floor((patchShape[1] - columns) / 2),
    ];
  }

  private paint(row: number, column: number, colour: Colour): void {
    this.image.set(colour, (row * this.shape[1] + column) * 3);
  }

  /** A frame of one pixel, `shell` pixels away from the patch. */
  private frame(corner: number[], patch: number[], shell: number, amount: number): void {
    if (2 * shell + 2 >= Math.min(...this.pad) || shell >= FRAMES.length) {
      throw new ShapeError(
        `PatchViewer.addPatch: ${shell + 1} frames do not fit in a pad of ${showShape(this.pad)}.`,
      );
    }
    if (amount < 0) return;
    const colour = FRAMES[shell].map((channel) => channel * amount) as unknown as Colour;
    const [top, left] = corner.map((start) => start - shell - 1);
    const [bottom, right] = corner.map((start, axis) => start + patch[axis] + shell);
    for (let column = left; column <= right; column++) {
      this.paint(top, column, colour);
      this.paint(bottom, column, colour);
    }
    for (let row = top; row <= bottom; row++) {
      this.paint(row, left, colour);
      this.paint(row, right, colour);
    }
  }

  /** The picture as it is now. */
  getImg(): Picture {
    const [height, width] = this.shape;
    const data = new Uint8Array(height * width * 4).fill(255);
    this.image.forEach(
      (value, i) => (data[Math.floor(i / 3) * 4 + (i % 3)] = Math.floor(value * 255)),
    );
    const { gridShape } = this.options;
    return new Picture(width, height, data, `${gridShape[0]} x ${gridShape[1]} patches`);
  }

  /** Writes a PNG file. */
  save(path: string): void {
    this.getImg().save(path);
  }

  /** Shows the picture now: in the notebook, or by the command in PYLEARN2_VIEWER_COMMAND. */
  show(): void {
    showPicture(this.getImg());
  }

  /** A chart with a tooltip for each patch, and the picture for places that draw no charts. */
  [displaySymbol](): MimeBundle {
    const image = this.getImg();
    const url = `data:image/png;base64,${image.toBase64()}`;
    const { shape, cells } = this;
    const spec = patchesSpec({ url, shape, scale: image.screenFactor, cells });
    return { [VEGA_LITE]: spec, ...image[displaySymbol]() };
  }
}

/** From [-1, 1] to [0, 1]. */
function shades({ data }: NdArray, rescale: boolean): number[] {
  const values = Array.from(data as ArrayLike<number>, Number);
  const bad = values.find((value) => !Number.isFinite(value));
  if (bad !== undefined) throw new Tslearn2Error(`PatchViewer.addPatch: ${bad} in the patch.`);
  const largest = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  if (!rescale && largest > 1) {
    throw new Tslearn2Error(
      `PatchViewer.addPatch: expected values in [-1, 1], received one of magnitude ${largest}. ` +
        'Rescale them, or pass `rescale: true`.',
    );
  }
  const scale = rescale && largest > 0 ? largest : 1;
  return values.map((value) => (value / scale) * 0.5 + 0.5);
}
