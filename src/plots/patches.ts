/** @file The specification of a grid of image patches: one picture, and what is said of each patch. */
import { neutralConfig, SCHEMA, WARNING } from './palette';
import type { Spec } from './render';

/** One patch, in pixels of the picture. */
export interface PatchCell {
  readonly top: number;
  readonly left: number;
  readonly height: number;
  readonly width: number;
  /** What a tooltip says, by name. */
  readonly facts: Readonly<Record<string, string | number>>;
}

/** A picture of patches. */
export interface PatchPicture {
  /** The picture as a `data:` address, a pixel for a pixel. */
  readonly url: string;
  /** Height and width of the picture, in its own pixels. */
  readonly shape: readonly [number, number];
  /** Pixels of the screen for each of its own. */
  readonly scale: number;
  readonly cells: readonly PatchCell[];
}

/** An axis in pixels of the picture, which zooming stretches. */
function axis(field: string, length: number, reverse: boolean): unknown {
  const scale = { domain: [0, length], nice: false, zero: false, reverse };
  return { field, type: 'quantitative', scale, axis: null };
}

/** How long the picture is on the screen, zoomed or not. */
function stretched(scale: 'x' | 'y', length: number): unknown {
  return { expr: `abs(scale('${scale}', ${length}) - scale('${scale}', 0))` };
}

/** The picture itself. */
function pictureLayer({ url, shape: [height, width] }: PatchPicture): unknown {
  const corner = { align: 'left', baseline: 'top', aspect: false, smooth: false, clip: true };
  const size = { width: stretched('x', width), height: stretched('y', height) };
  return {
    data: { values: [{ x: 0, y: 0, url }] },
    mark: { type: 'image', ...corner, ...size },
    encoding: {
      x: axis('x', width, false),
      y: axis('y', height, true),
      url: { field: 'url' },
      description: { value: 'patches' },
    },
  };
}

/** What the pointer meets: a frame around each patch, with a tooltip. */
function frameLayer({ shape: [height, width], cells }: PatchPicture): unknown {
  const names = [...new Set(cells.flatMap(({ facts }) => Object.keys(facts)))];
  const pointed = { type: 'point', on: 'pointerover', clear: 'pointerout' };
  const zoom = { type: 'interval', zoom: 'wheel![event.altKey || event.ctrlKey]' };
  return {
    data: {
      values: cells.map(({ top, left, facts, ...size }) => ({
        ...{ x: left, x2: left + size.width, y: top, y2: top + size.height },
        ...facts,
      })),
    },
    params: [
      { name: 'pointed', select: pointed },
      { name: 'zoom', select: zoom, bind: 'scales' },
    ],
    mark: { type: 'rect', fill: 'transparent', stroke: WARNING, strokeWidth: 2, clip: true },
    encoding: {
      x: axis('x', width, false),
      y: axis('y', height, true),
      x2: { field: 'x2' },
      y2: { field: 'y2' },
      strokeOpacity: { condition: { param: 'pointed', empty: false, value: 1 }, value: 0 },
      tooltip: names.map((field) => ({ field, title: field })),
    },
  };
}

/**
 * A picture of patches, live: with a tooltip for each patch, and zoom (drag; wheel with Alt or
 * Ctrl; double click resets).
 */
export function patchesSpec(picture: PatchPicture): Spec {
  const [height, width] = picture.shape.map((length) => length * picture.scale);
  return {
    $schema: SCHEMA,
    width,
    height,
    layer: [pictureLayer(picture), frameLayer(picture)],
    config: neutralConfig,
  };
}
