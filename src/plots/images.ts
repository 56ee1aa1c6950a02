/** @file The specification of small images in rows, with words beside and below them. */
import { Chart } from './chart';
import { NEUTRAL, neutralConfig, SCHEMA, seriesColours, WARNING } from './palette';
import type { Spec } from './render';

/** One image and what is said about it. */
export interface ImageCell {
  row: number;
  column: number;
  /** A PNG file as a `data:` address. */
  url: string;
  /** Below the image. */
  caption?: string;
  /** Below the caption, smaller. */
  note?: string;
  /** Whether what the caption says is right; it is neither unless given. */
  right?: boolean;
  /** What a tooltip says, by name. */
  facts: Readonly<Record<string, string | number>>;
}

/** How images are laid out. */
export interface ImagesLook {
  /** Rows and columns of an image, in its own pixels. */
  patch: readonly [number, number];
  /** Beside the rows. */
  rowNames?: readonly string[];
  title: string;
  /** What nobody may overlook, e.g. that the data are synthetic. */
  notice?: string;
}

/** Width of everything, in pixels. */
const WIDTH = 640;
/** Pixels between images, and of a line of text. */
const [GAP, LINE] = [6, 15];
/** A letter of a row's name. */
const LETTER = 6.6;
/** The largest that an image becomes. */
const LARGEST = 112;

interface Layout {
  left: number;
  image: readonly [height: number, width: number];
  step: readonly [down: number, across: number];
  size: readonly [height: number, width: number];
}

/** Images become as large as they fit, by whole or half factors, so that pixels stay sharp. */
function layoutOf(cells: readonly ImageCell[], { patch, rowNames = [] }: ImagesLook): Layout {
  const columns = Math.max(...cells.map(({ column }) => column)) + 1;
  const rows = Math.max(...cells.map(({ row }) => row)) + 1;
  const left = Math.max(0, ...rowNames.map((name) => name.length)) * LETTER;
  const room = Math.min(LARGEST, (WIDTH - left) / columns - GAP);
  const factor = room / Math.max(...patch);
  const scale = factor > 1 ? Math.floor(factor * 2) / 2 : factor;
  const [height, width] = patch.map((side) => side * scale);
  const lines = ['caption', 'note'].filter((key) => cells.some((cell) => key in cell)).length;
  const step = [height + GAP + lines * LINE, width + GAP] as const;
  const size = [rows * step[0] - GAP, left + columns * step[1] - GAP] as const;
  return { left, image: [height, width], step, size };
}

function rowsOf(cells: readonly ImageCell[], { left, step }: Layout): unknown[] {
  return cells.map(({ row, column, facts, ...cell }) => ({
    x: left + column * step[1],
    y: row * step[0],
    ...cell,
    ...facts,
  }));
}

/** A place in pixels. */
function at(field: string): unknown {
  return { field, type: 'quantitative', scale: null, axis: null };
}

const place = { x: at('x'), y: at('y') };

function imageLayer(cells: readonly ImageCell[], { image }: Layout, live: boolean): unknown {
  const [height, width] = image;
  const facts = Object.keys(cells[0].facts).map((field) => ({ field, title: field }));
  const look = { width, height, aspect: false, align: 'left', baseline: 'top', smooth: false };
  return {
    mark: { type: 'image', ...look },
    encoding: {
      ...place,
      url: { field: 'url' },
      description: { value: 'an image' },
      ...(live ? { tooltip: facts } : {}),
    },
  };
}

/** Right is blue, wrong is orange and bold. */
function textLayer(field: string, dy: number, { image }: Layout, look: object): unknown {
  const [height, width] = image;
  return {
    transform: [{ filter: `isValid(datum.${field})` }],
    mark: { type: 'text', dx: width / 2, dy: height + dy, baseline: 'top', ...look },
    encoding: { ...place, text: { field }, description: { field } },
  };
}

const verdict = {
  expr: `datum.right === true ? '${seriesColours[0]}' : datum.right === false ? '${WARNING}' : '${NEUTRAL}'`,
};

function rowNamesLayer(names: readonly string[], { image, step }: Layout): unknown {
  const values = names.map((name, row) => ({ name, x: 0, y: row * step[0] + image[0] / 2 }));
  return {
    data: { values },
    mark: { type: 'text', align: 'left', baseline: 'middle', color: NEUTRAL, fontSize: 12 },
    encoding: { ...place, text: { field: 'name' }, description: { field: 'name' } },
  };
}

/**
 * Images in rows.
 * @param live - With tooltips.
 */
export function imagesSpec(cells: readonly ImageCell[], look: ImagesLook, live: boolean): Spec {
  const layout = layoutOf(cells, look);
  const has = (key: keyof ImageCell) => cells.some((cell) => cell[key] !== undefined);
  const bold = { color: verdict, fontWeight: 'bold', fontSize: 13 };
  const small = { color: NEUTRAL, fontSize: 11 };
  return {
    $schema: SCHEMA,
    title: { text: look.title, ...(look.notice ? { subtitle: look.notice } : {}) },
    height: layout.size[0],
    width: layout.size[1],
    data: { values: rowsOf(cells, layout) },
    layer: [
      imageLayer(cells, layout, live),
      ...(has('caption') ? [textLayer('caption', 3, layout, bold)] : []),
      ...(has('note') ? [textLayer('note', 3 + LINE, layout, small)] : []),
      ...(look.rowNames ? [rowNamesLayer(look.rowNames, layout)] : []),
    ],
    config: neutralConfig,
  };
}

/**
 * Images in rows, as a chart.
 * @param text - For places without pictures, below the title.
 */
export function imagesChart(cells: readonly ImageCell[], look: ImagesLook, text: string): Chart {
  const heads = [look.title, look.notice].filter((line) => line !== undefined);
  return new Chart({
    live: imagesSpec(cells, look, true),
    still: imagesSpec(cells, look, false),
    text: [...heads, text].join('\n'),
  });
}
