/** @file The specification of histograms by epoch, one behind the other like ridges of hills. */
import { Chart } from './chart';
import { coarser, type Histogram } from './histogram';
import { mixed, NEUTRAL, neutralConfig, SCHEMA, seriesColours } from './palette';
import { MAX_POINTS } from './points';
import type { Spec } from './render';
import { shortNumber, textTable } from './table';

/** A histogram and when it was taken. */
export interface Ridge {
  readonly epoch: number;
  readonly histogram: Histogram;
}

/** Histograms of the same numbers at different times, the oldest first. */
export interface RidgePanel {
  readonly title: string;
  readonly ridges: readonly Ridge[];
}

/** What is said about all panels. */
export interface RidgesLook {
  title?: string;
  /** What nobody may overlook, e.g. that the data are synthetic. */
  notice?: string;
}

/** Width of everything, and room for the labels of a y axis. */
const [WIDTH, GUTTER] = [640, 56];
/** Pixels between ridges, and how many times that the highest is. */
const [STEP, HEIGHT] = [24, 1.7];
/** In one panel at most. */
const MOST = 10;
const SIX_DIGITS = 6;

/** So many of the ridges, evenly, the first and the last among them. */
function some(ridges: readonly Ridge[], count: number): readonly Ridge[] {
  if (ridges.length <= count) return ridges;
  const gap = (ridges.length - 1) / (count - 1);
  return Array.from({ length: count }, (_, i) => ridges[Math.round(i * gap)]);
}

/** Few enough ridges, and bins wide enough, for all panels together to keep to the limit. */
function fewer(panels: readonly RidgePanel[]): RidgePanel[] {
  const bins = Math.max(1, ...panels.map(({ ridges }) => ridges[0]?.histogram.counts.length ?? 0));
  const share = MAX_POINTS / panels.length;
  const count = Math.max(2, Math.min(MOST, Math.floor(share / bins)));
  const factor = Math.ceil((count * bins) / share);
  return panels.map(({ title, ridges }) => ({
    title,
    ridges: some(ridges, count).map(({ epoch, histogram }) => ({
      epoch,
      histogram: factor > 1 ? coarser(histogram, factor) : histogram,
    })),
  }));
}

/** Which ridge, which bin, how many: what follows from the ridge is computed where it is drawn. */
function rowsOf(ridges: readonly Ridge[]): unknown[] {
  return ridges.flatMap(({ histogram: { counts } }, ridge) =>
    counts.map((count, bin) => ({ ridge, bin, count })),
  );
}

/** A number for each ridge, to be looked up by an expression. */
function lookup(ridges: readonly Ridge[], valueOf: (ridge: Ridge) => number): string {
  const values = ridges.map((ridge) => String(Number(valueOf(ridge).toPrecision(SIX_DIGITS))));
  return `[${values.join()}][datum.ridge]`;
}

/** Numbers that are all equal get a little room. */
function marginOf({ histogram: { low, high } }: Ridge): number {
  return high > low ? 0 : Math.max(Math.abs(low), 1) / 100;
}

/** Each ridge as high as the others, its foot a step below the one before. */
function computed(ridges: readonly Ridge[]): unknown[] {
  const start = lookup(ridges, (ridge) => ridge.histogram.low - marginOf(ridge));
  const width = lookup(ridges, (ridge) => {
    const { low, high, counts } = ridge.histogram;
    return (high - low + 2 * marginOf(ridge)) / counts.length;
  });
  const most = lookup(ridges, ({ histogram }) => Math.max(1, ...histogram.counts));
  const expressions = {
    epoch: lookup(ridges, ({ epoch }) => epoch),
    from: `${start} + datum.bin * ${width}`,
    to: `${start} + (datum.bin + 1) * ${width}`,
    middle: `${start} + (datum.bin + .5) * ${width}`,
    foot: `${ridges.length - 1} - datum.ridge`,
    top: `datum.foot + ${HEIGHT} * datum.count / ${most}`,
  };
  return Object.entries(expressions).map(([as, calculate]) => ({ calculate, as }));
}

/** From grey to blue, the newest. */
function colours(ridges: readonly Ridge[]): unknown {
  const range = ridges.map((_, i) =>
    mixed(NEUTRAL, seriesColours[0], ridges.length === 1 ? 1 : i / (ridges.length - 1)),
  );
  const domain = ridges.map(({ epoch }) => epoch);
  return { field: 'epoch', type: 'nominal', scale: { domain, range }, legend: null };
}

function layersOf(ridges: readonly Ridge[], index: number, live: boolean): unknown[] {
  const epochs = ridges.map(({ epoch }) => `'${epoch}'`).reverse();
  const y = {
    field: 'top',
    type: 'quantitative',
    title: 'epoch',
    scale: { domain: [0, ridges.length - 1 + HEIGHT], nice: false },
    axis: {
      values: ridges.map((_, i) => i),
      labelExpr: `[${epochs.join()}][datum.value]`,
      ticks: false,
      domain: false,
    },
  };
  const x = { type: 'quantitative', title: null, scale: { zero: false, nice: false } };
  const axis = { tickCount: 5, grid: false };
  const area = {
    mark: { type: 'area', fillOpacity: 0.5, line: { strokeWidth: 1.2 } },
    encoding: {
      x: { ...x, field: 'middle', axis },
      y,
      y2: { field: 'foot' },
      color: colours(ridges),
    },
  };
  const tooltip = ['epoch', 'from', 'to', 'count'].map((field) => ({ field, format: '.4~g' }));
  const hover = {
    params: [zoomOf(index)],
    mark: { type: 'rect', opacity: 0 },
    encoding: {
      x: { ...x, field: 'from' },
      x2: { field: 'to' },
      y,
      y2: { field: 'foot' },
      tooltip,
    },
  };
  return live ? [area, hover] : [area];
}

/** The wheel alone goes on scrolling the page. */
function zoomOf(index: number): unknown {
  const zoom = 'wheel![event.altKey || event.ctrlKey]';
  const select = { type: 'interval', encodings: ['x'], zoom };
  return { name: `zoom${index}`, select, bind: 'scales' };
}

/**
 * Draws panels, two in a row.
 * @param live - With tooltips and zoom.
 */
export function ridgesSpec(panels: readonly RidgePanel[], look: RidgesLook, live: boolean): Spec {
  const columns = Math.min(2, panels.length);
  const width = Math.round(WIDTH / columns - GUTTER);
  const { title = '', notice } = look;
  const heading = { text: title, ...(notice === undefined ? {} : { subtitle: notice }) };
  return {
    $schema: SCHEMA,
    ...(title === '' && notice === undefined ? {} : { title: heading }),
    columns,
    spacing: 20,
    concat: fewer(panels).map(({ title: text, ridges }, index) => ({
      title: { text, fontSize: 12 },
      width,
      height: STEP * (ridges.length - 1 + HEIGHT),
      data: { values: rowsOf(ridges) },
      transform: computed(ridges),
      layer: layersOf(ridges, index, live),
    })),
    config: neutralConfig,
  };
}

/** The same as a chart, with the last ranges as text for places without pictures. */
export function ridgesChart(panels: readonly RidgePanel[], look: RidgesLook): Chart {
  const rows = panels.map(({ title, ridges }) => {
    const { epoch, histogram } = ridges[ridges.length - 1];
    return [title, String(epoch), shortNumber(histogram.low), shortNumber(histogram.high)];
  });
  const heads = [look.title, look.notice].filter((line) => line !== undefined);
  return new Chart({
    live: ridgesSpec(panels, look, true),
    still: ridgesSpec(panels, look, false),
    text: [...heads, textTable([['', 'epoch', 'lowest', 'highest'], ...rows])].join('\n'),
  });
}
