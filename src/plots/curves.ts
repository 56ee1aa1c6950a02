/** @file The specification of curves over training: one panel for each thing measured. */
import { NEUTRAL, neutralConfig, SCHEMA, seriesColours, WARNING } from './palette';
import { type Focus, focusOf } from './focus';
import type { Point } from './points';
import type { Spec } from './render';

/** One curve. */
export interface Series {
  /** Name in the legend; '' for a panel's only curve. */
  readonly label: string;
  readonly points: readonly Point[];
}

/** Curves that share their axes. */
export interface Panel {
  readonly title: string;
  readonly series: readonly Series[];
}

/** How curves are drawn. */
export interface CurvesLook {
  /** Below the x axis. */
  xTitle: string;
  /** Width of everything and height of a panel, in pixels. */
  size: readonly [number, number];
  log: boolean;
  title?: string;
  /** What nobody may overlook, e.g. that the data are synthetic. */
  notice?: string;
  /** Ends of the y axis; null for what the data have. */
  yRange?: readonly [number | null, number | null];
  /** Whether the y axis leaves out the first values when they lie far from all others. */
  focus?: boolean;
}

/** Room for the labels of a y axis, and between panels. */
const GUTTER = 62;
/** 0.5, 100, 20k. */
const LABELS = "format(datum.value, abs(datum.value) < 1000 ? '~g' : '~s')";
/** Letters that a legend has room for in one line above the panels. */
const TOP_LEGEND = 50;
/** Up to so many points in a curve each is marked. */
const FEW = 40;

/**
 * Draws panels, two in a row.
 * @param live - With tooltips, zoom (drag; wheel with Alt or Ctrl; double click resets) and
 * selection by a click on the legend.
 */
export function curvesSpec(panels: readonly Panel[], look: CurvesLook, live: boolean): Spec {
  const columns = Math.min(2, panels.length);
  const labels = [...new Set(panels.flatMap(({ series }) => series.map(({ label }) => label)))];
  const shown = labels.filter((label) => label !== '');
  const width = Math.round(look.size[0] / Math.max(1, columns) - GUTTER);
  const chooser = panels.findIndex(hasLabels);
  return {
    $schema: SCHEMA,
    ...titleOf(look),
    columns,
    spacing: 16,
    concat: panels.map((panel, index) => {
      const focus = focusFor(panel, look);
      return {
        title: panelTitle(panel, focus),
        width,
        height: look.size[1],
        data: { values: rowsOf(panel, look.log) },
        layer: layersOf(panel, look, { live, labels: shown, index, chooser, focus }),
      };
    }),
    config: neutralConfig,
  };
}

/** What is asked for, else what is worth looking at; on a logarithmic axis everything is. */
function focusFor({ series }: Panel, { focus, log, yRange }: CurvesLook): Focus | undefined {
  if (yRange !== undefined) return { low: yRange[0], high: yRange[1], note: '' };
  return focus && !log ? focusOf(series.map(({ points }) => points)) : undefined;
}

function panelTitle({ title }: Panel, focus?: Focus): unknown {
  const look = { fontSize: 12, subtitleColor: NEUTRAL, subtitleFontWeight: 'normal' };
  return { text: title, ...(focus?.note ? { subtitle: focus.note } : {}), ...look };
}

function hasLabels({ series }: Panel): boolean {
  return series.some(({ label }) => label !== '');
}

/** A notice stands below the title, or in its place: Vega-Lite draws no subtitle without a title. */
function titleOf({ title, notice }: CurvesLook): { title?: unknown } {
  if (title !== undefined) return { title: { text: title, subtitle: notice ?? [] } };
  return notice === undefined ? {} : { title: { text: notice, color: WARNING } };
}

/** A logarithm shows positive numbers only. */
function rowsOf({ series }: Panel, log: boolean): unknown[] {
  const clean = (value: number | null) => (log && value !== null && value <= 0 ? null : value);
  return series.flatMap(({ label, points }) =>
    points.map(({ x, y, raw }) => ({
      x,
      y: clean(y),
      ...(raw === undefined ? {} : { raw: clean(raw) }),
      ...(label === '' ? {} : { of: label }),
    })),
  );
}

interface LayerContext {
  live: boolean;
  labels: readonly string[];
  index: number;
  /** The panel whose legend chooses for all. */
  chooser: number;
  focus?: Focus;
}

function layersOf(panel: Panel, look: CurvesLook, context: LayerContext): unknown[] {
  const few = panel.series.every(({ points }) => points.length <= FEW);
  const smoothed = panel.series.some(({ points }) => points[0]?.raw !== undefined);
  const encoding = encodingOf(panel, look, context);
  const raw = {
    mark: { type: 'line', clip: true, strokeWidth: 1, strokeOpacity: 0.3 },
    encoding: { ...encoding, y: { ...encoding.y, field: 'raw' } },
  };
  const line = {
    mark: { type: 'line', clip: true, strokeWidth: 2, ...(few ? { point: { size: 22 } } : {}) },
    ...(context.live ? { params: paramsOf(context) } : {}),
    encoding,
  };
  return [...(smoothed ? [raw] : []), line, ...(context.live ? [hoverOf(encoding)] : [])];
}

/** Points that are not seen, for the tooltips. */
function hoverOf(encoding: Encoding): unknown {
  const { x, y } = encoding;
  return {
    mark: { type: 'point', clip: true, filled: true, size: 90 },
    encoding: {
      x,
      y,
      ...(encoding.color === undefined ? {} : { color: encoding.color }),
      opacity: { value: 0 },
      tooltip: [
        { field: 'x', type: 'quantitative', title: x.title, format: ',' },
        ...(encoding.color === undefined ? [] : [{ field: 'of', type: 'nominal', title: 'of' }]),
        { field: 'y', type: 'quantitative', title: 'value', format: '.5~g' },
      ],
    },
  };
}

interface Encoding {
  x: Record<string, unknown>;
  y: Record<string, unknown>;
  color?: Record<string, unknown>;
  opacity?: Record<string, unknown>;
}

function encodingOf(
  panel: Panel,
  { xTitle, log }: CurvesLook,
  { live, labels, focus }: LayerContext,
): Encoding {
  const { low = null, high = null } = focus ?? {};
  const ends = {
    ...(low === null ? {} : { domainMin: low }),
    ...(high === null ? {} : { domainMax: high }),
  };
  return {
    x: {
      field: 'x',
      type: 'quantitative',
      title: xTitle,
      scale: { zero: false, nice: false },
      axis: { ...ticksOf(panel), labelExpr: LABELS, grid: false },
    },
    y: {
      field: 'y',
      type: 'quantitative',
      title: null,
      scale: {
        type: log ? 'log' : 'linear',
        ...(log ? { nice: false } : { zero: false }),
        ...ends,
      },
      axis: { tickCount: 6 },
    },
    ...(hasLabels(panel) ? colourOf(labels, live) : {}),
  };
}

/** Few epochs get a tick each, so that none stands between two of them. */
function ticksOf({ series }: Panel): Record<string, unknown> {
  const xs = [...new Set(series.flatMap(({ points }) => points.map(({ x }) => x)))];
  const whole = xs.every(Number.isInteger) && xs.length > 1;
  const [first, last] = [Math.min(...xs), Math.max(...xs)];
  if (!whole || last - first > 8) return { tickCount: 6 };
  return { values: Array.from({ length: last - first + 1 }, (_, i) => first + i) };
}

function colourOf(labels: readonly string[], live: boolean): Pick<Encoding, 'color' | 'opacity'> {
  const many = labels.length > 4 || labels.join('').length > TOP_LEGEND;
  const legend = { title: null, orient: many ? 'bottom' : 'top', ...(many ? { columns: 2 } : {}) };
  return {
    color: {
      field: 'of',
      type: 'nominal',
      scale: {
        domain: labels,
        range: labels.map((_, i) => seriesColours[i % seriesColours.length]),
      },
      legend:
        labels.length > 1
          ? { ...legend, symbolType: 'stroke', symbolOpacity: 1, labelLimit: 300 }
          : null,
    },
    ...(live ? { opacity: { condition: { param: 'chosen', value: 1 }, value: 0.12 } } : {}),
  };
}

/** The wheel alone goes on scrolling the page. */
function paramsOf({ index, chooser }: LayerContext): unknown[] {
  const zoom = {
    name: `zoom${index}`,
    select: { type: 'interval', zoom: 'wheel![event.altKey || event.ctrlKey]' },
    bind: 'scales',
  };
  const chosen = { name: 'chosen', select: { type: 'point', fields: ['of'] }, bind: 'legend' };
  return index === chooser ? [zoom, chosen] : [zoom];
}
