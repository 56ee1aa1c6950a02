/** @file The specification of curves over training: one panel for each thing measured. */
import { type CurveContext, type CurveEncoding, encodingOf, hasLabels } from './curve_encoding';
import { type Focus, focusOf } from './focus';
import { NEUTRAL, neutralConfig, SCHEMA, WARNING } from './palette';
import type { Point } from './points';
import type { Spec } from './render';

/** One curve. */
export interface Series {
  /** Name in the legend; '' for a panel's only curve. */
  readonly label: string;
  readonly points: readonly Point[];
  /** What tells apart curves of the same label, by dashes. */
  readonly dash?: string;
  /** The point to be marked. */
  readonly best?: Readonly<{ x: number; y: number }>;
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
  /** In words, where the best point is; a line through all panels marks the place. */
  best?: string;
}

/** Room for the labels of a y axis, and between panels. */
const GUTTER = 62;
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
  const dashes = [
    ...new Set(panels.flatMap(({ series }) => series.flatMap(({ dash }) => dash ?? []))),
  ];
  const best = panels.flatMap(({ series }) => series.flatMap((each) => each.best?.x ?? []));
  const focuses = panels.map((panel) => focusFor(panel, look));
  const notes = panels.map((panel, i) => noteOf(panel, look, focuses[i]));
  const rule = look.best === undefined ? undefined : best[0];
  return {
    $schema: SCHEMA,
    ...titleOf(look),
    columns,
    spacing: 16,
    concat: panels.map((panel, index) => {
      const focus = focuses[index];
      return {
        title: panelTitle(panel, notes[index], notes.some(Boolean)),
        width,
        height: look.size[1],
        data: { values: rowsOf(panel, look.log) },
        layer: layersOf(panel, look, { live, labels: shown, dashes, index, chooser, focus, rule }),
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

/** What is said below a panel's title. */
function noteOf({ series }: Panel, { best }: CurvesLook, focus?: Focus): string {
  const marked = series.some((each) => each.best) ? best : undefined;
  return [focus?.note, marked].filter((note) => note).join(' · ');
}

/** Panels beside one with a note have an empty line, so that titles stand side by side. */
function panelTitle({ title }: Panel, note: string, noted: boolean): unknown {
  const look = { fontSize: 12, subtitleColor: NEUTRAL, subtitleFontWeight: 'normal' };
  return { text: title, ...(noted ? { subtitle: note || ' ' } : {}), ...look };
}

/** A notice stands below the title, or in its place: Vega-Lite draws no subtitle without a title. */
function titleOf({ title, notice }: CurvesLook): { title?: unknown } {
  if (title !== undefined) return { title: { text: title, subtitle: notice ?? [] } };
  return notice === undefined ? {} : { title: { text: notice, color: WARNING } };
}

/** A logarithm shows positive numbers only. */
function rowsOf({ series }: Panel, log: boolean): unknown[] {
  const clean = (value: number | null) => (log && value !== null && value <= 0 ? null : value);
  return series.flatMap(({ label, dash, points }) =>
    points.map(({ x, y, raw }) => ({
      x,
      y: clean(y),
      ...(raw === undefined ? {} : { raw: clean(raw) }),
      ...(label === '' ? {} : { of: label }),
      ...(dash === undefined ? {} : { on: dash }),
    })),
  );
}

function layersOf(panel: Panel, look: CurvesLook, context: CurveContext): unknown[] {
  const few = panel.series.every(({ points }) => points.length <= FEW);
  const smoothed = panel.series.some(({ points }) => points[0]?.raw !== undefined);
  const encoding = encodingOf(panel, look, context);
  const raw = {
    mark: { type: 'line', clip: true, strokeWidth: 1, strokeOpacity: 0.3 },
    encoding: { ...encoding, y: { ...encoding.y, field: 'raw' } },
  };
  const line = {
    mark: { type: 'line', clip: true, strokeWidth: 2, ...(few ? { point: { size: 22 } } : {}) },
    ...(context.live ? { params: zoomAndChoice(context) } : {}),
    encoding,
  };
  return [
    ...(smoothed ? [raw] : []),
    line,
    ...bestOf(panel, encoding, context.rule),
    ...(context.live ? [hoverOf(encoding)] : []),
  ];
}

/** A dashed line where the best moment is, and rings around the best points. */
function bestOf({ series }: Panel, { x, y, color }: CurveEncoding, rule?: number): unknown[] {
  const values = series.flatMap(({ best, label }) => (best ? [{ ...best, of: label }] : []));
  const look = { color: NEUTRAL, strokeDash: [3, 3], clip: true };
  const line = {
    data: { values: [{ x: rule }] },
    mark: { type: 'rule', ...look },
    encoding: { x },
  };
  const rings = {
    data: { values },
    mark: { type: 'point', filled: false, size: 110, strokeWidth: 2, opacity: 1, clip: true },
    encoding: { x, y, ...(color === undefined ? {} : { color }) },
  };
  return [...(rule === undefined ? [] : [line]), ...(values.length === 0 ? [] : [rings])];
}

/** Points that are not seen, for the tooltips. */
function hoverOf(encoding: CurveEncoding): unknown {
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
        ...(encoding.strokeDash === undefined ? [] : [{ field: 'on', type: 'nominal' }]),
        { field: 'y', type: 'quantitative', title: 'value', format: '.5~g' },
      ],
    },
  };
}

/**
 * Zoom of a panel, and for all of them choice by the legend. The wheel alone goes on scrolling the
 * page.
 */
export function zoomAndChoice({ index, chooser }: CurveContext): unknown[] {
  const zoom = {
    name: `zoom${index}`,
    select: { type: 'interval', zoom: 'wheel![event.altKey || event.ctrlKey]' },
    bind: 'scales',
  };
  const chosen = { name: 'chosen', select: { type: 'point', fields: ['of'] }, bind: 'legend' };
  return index === chooser ? [zoom, chosen] : [zoom];
}
