/**
 * @file Norms of weights while a model is trained: from the channels that layers have for the
 * smallest, the mean and the largest norm of their rows, columns or kernels.
 */
import { DataError } from '../utils/errors';
import { Chart } from './chart';
import { type CurveContext, encodingOf } from './curve_encoding';
import { zoomAndChoice } from './curves';
import { groupChannels } from './groups';
import { neutralConfig, SCHEMA } from './palette';
import { MAX_POINTS } from './points';
import { type XAxis, xRecord } from './records';
import type { Spec } from './render';
import { type Channels, type Recorded, runsOf } from './runs';
import { shortNumber, textTable } from './table';

/** How norms are drawn; everything may be left out. */
export interface NormCurvesOptions {
  /** What the x axis counts; epochs unless given. */
  x?: XAxis;
  /** Whether the y axes are logarithmic. */
  log?: boolean;
  /** Width of everything and height of a panel, in pixels; 640 by 200 unless given. */
  size?: readonly [number, number];
}

interface Row {
  x: number;
  low: number;
  y: number;
  high: number;
  of: string;
}

/** The norms of one layer: `h0` and `col_norms`. */
interface Norms {
  layer: string;
  kind: string;
  rows: Row[];
}

const WHERE = 'plots.normCurves';
const MEAN = /^(.+)_((?:row|col|kernel)_norms)_mean$/;

/** So many places of a record, evenly, the first and the last among them. */
function places(length: number, limit: number): number[] {
  const count = Math.min(length, limit);
  const gap = count > 1 ? (length - 1) / (count - 1) : 0;
  return Array.from({ length: count }, (_, i) => Math.round(i * gap));
}

/** The norms of every layer; on one dataset, as they are the same on all. */
function normsOf(channels: Channels, x: XAxis): Norms[] {
  const groups = groupChannels([...channels.keys()]);
  const means = groups.filter(({ quantity }) => MEAN.test(quantity));
  const limit = Math.floor(MAX_POINTS / Math.max(1, means.length));
  return means.map(({ quantity, members }) => {
    const [, layer, kind] = MEAN.exec(quantity)!;
    const { name } = members[0];
    const channel = channels.get(name)!;
    const record = (end: string) => channels.get(name.replace(/mean$/, end))?.valRecord;
    const [low, high] = [record('min') ?? channel.valRecord, record('max') ?? channel.valRecord];
    const xs = xRecord(channel, x);
    const short = (value: number) => Number(value.toPrecision(6));
    const rows = places(xs.length, limit).map((i) => ({
      x: short(xs[i]),
      low: short(low[i]),
      y: short(channel.valRecord[i]),
      high: short(high[i]),
      of: layer,
    }));
    return { layer, kind, rows };
  });
}

function layersOf(norms: readonly Norms[], look: Look, context: CurveContext): unknown[] {
  const series = norms.map(({ layer, rows }) => ({ label: layer, points: rows }));
  const { x, y, color, opacity } = encodingOf({ title: '', series }, look, context);
  const fields = ['x', 'of', 'low', 'y', 'high'];
  const titles = [look.xTitle, 'layer', 'smallest', 'mean', 'largest'];
  const tooltip = fields.map((field, i) => ({ field, title: titles[i] }));
  const band = {
    mark: { type: 'area', clip: true, fillOpacity: 0.08 },
    encoding: { x, y: { ...y, field: 'low' }, y2: { field: 'high' }, color, opacity },
  };
  const edges = ['low', 'high'].map((field) => ({
    mark: { type: 'line', clip: true, strokeWidth: 1, strokeDash: [2, 2] },
    encoding: { x, y: { ...y, field }, color, opacity },
  }));
  const mean = {
    mark: { type: 'line', clip: true, strokeWidth: 2 },
    ...(context.live ? { params: zoomAndChoice(context) } : {}),
    encoding: { x, y, color, opacity },
  };
  const hover = {
    mark: { type: 'point', clip: true, filled: true, size: 90 },
    encoding: { x, y, color, opacity: { value: 0 }, tooltip },
  };
  return [band, ...edges, mean, ...(context.live ? [hover] : [])];
}

interface Look {
  xTitle: string;
  size: readonly [number, number];
  log: boolean;
}

function normsSpec(norms: readonly Norms[], look: Look, live: boolean): Spec {
  const kinds = [...new Set(norms.map(({ kind }) => kind))];
  const labels = [...new Set(norms.map(({ layer }) => layer))];
  const columns = Math.min(2, kinds.length);
  return {
    $schema: SCHEMA,
    columns,
    spacing: 16,
    concat: kinds.map((kind, index) => {
      const here = norms.filter((each) => each.kind === kind);
      return {
        title: { text: kind, fontSize: 12 },
        width: Math.round(look.size[0] / columns - 62),
        height: look.size[1],
        data: { values: here.flatMap(({ rows }) => rows) },
        layer: layersOf(here, look, { live, labels, dashes: [], index, chooser: 0 }),
      };
    }),
    config: neutralConfig,
  };
}

/**
 * The norms of weights: a panel for rows, columns or kernels, in it for each layer a line for the
 * mean and a band from the smallest to the largest.
 * @param recorded - A model that was trained, its monitor, or channels.
 * @throws {@link DataError} when there are no channels of norms.
 */
export function normCurves(recorded: Recorded, options: NormCurvesOptions = {}): Chart {
  const { x = 'epochs', log = false, size = [640, 200] } = options;
  const norms = normsOf(runsOf(WHERE, recorded)[0].channels, x);
  if (norms.length === 0) {
    throw new DataError(`${WHERE}: expected channels that end in \`norms_mean\`, there are none.`);
  }
  const look = { xTitle: x, size, log };
  const table = norms.map(({ layer, kind, rows }) => {
    const { low, y, high } = rows[rows.length - 1];
    return [`${layer} ${kind}`, ...[low, y, high].map(shortNumber)];
  });
  return new Chart({
    live: normsSpec(norms, look, true),
    still: normsSpec(norms, look, false),
    text: textTable([['', 'smallest', 'mean', 'largest'], ...table]),
  });
}
