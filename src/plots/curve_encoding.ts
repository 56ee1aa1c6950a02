/** @file Where curves stand and how they look: axes, colours, dashes, legends. */
import type { CurvesLook, Panel } from './curves';
import type { Focus } from './focus';
import { NEUTRAL, seriesColours } from './palette';

/** 0.5, 100, 20k. */
const LABELS = "format(datum.value, abs(datum.value) < 1000 ? '~g' : '~s')";
/** Pixels between the outermost points and the ends of the axes, so that no point is cut. */
const ROOM = 8;
/** Letters that a legend has room for in one line above the panels. */
const TOP_LEGEND = 50;

/** What a panel is drawn in. */
export interface CurveContext {
  live: boolean;
  labels: readonly string[];
  dashes: readonly string[];
  index: number;
  /** The panel whose legend chooses for all. */
  chooser: number;
  focus?: Focus;
  /** Where the line stands that marks the best moment. */
  rule?: number;
}

/** Whether a panel's curves have names. */
export function hasLabels({ series }: Panel): boolean {
  return series.some(({ label }) => label !== '');
}

/** What each curve is drawn by. */
export interface CurveEncoding {
  x: Record<string, unknown>;
  y: Record<string, unknown>;
  color?: Record<string, unknown>;
  opacity?: Record<string, unknown>;
  strokeDash?: Record<string, unknown>;
}

/** Axes, colours and dashes of a panel's curves. */
export function encodingOf(
  panel: Panel,
  { xTitle, log }: CurvesLook,
  { live, labels, dashes, focus }: CurveContext,
): CurveEncoding {
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
      scale: { zero: false, nice: false, padding: ROOM },
      axis: { ...ticksOf(panel), labelExpr: LABELS, grid: false },
    },
    y: {
      field: 'y',
      type: 'quantitative',
      title: null,
      scale: {
        ...(log ? { type: 'log' } : { type: 'linear', zero: false }),
        ...{ nice: false, padding: ROOM },
        ...ends,
      },
      // Flush: a label beyond the axis would push the title up.
      axis: { tickCount: 6, labelFlush: true },
    },
    ...(hasLabels(panel) ? colourOf(labels, live) : {}),
    ...(dashes.length > 1 ? { strokeDash: dashesOf(dashes) } : {}),
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

function colourOf(
  labels: readonly string[],
  live: boolean,
): Pick<CurveEncoding, 'color' | 'opacity'> {
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

/** The first is drawn through. */
const DASHES = [
  [1, 0],
  [5, 3],
  [2, 2],
];

function dashesOf(dashes: readonly string[]): Record<string, unknown> {
  return {
    field: 'on',
    type: 'nominal',
    scale: { domain: dashes, range: dashes.map((_, i) => DASHES[i % DASHES.length]) },
    legend: { title: null, orient: 'top', symbolType: 'stroke', symbolStrokeColor: NEUTRAL },
  };
}
