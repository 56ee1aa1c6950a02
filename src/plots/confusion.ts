/** @file The specification of a table of counts: what examples are, and what they are taken for. */
import { Chart } from './chart';
import { NEUTRAL, neutralConfig, SCHEMA, seriesColours, WARNING } from './palette';
import type { Spec } from './render';
import { textTable } from './table';

/** Counts, and how they are drawn. */
export interface ConfusionTable {
  /** `counts[i][j]`: how many examples of class i are taken for class j. */
  counts: readonly (readonly number[])[];
  /** Names of the classes. */
  names: readonly string[];
  title: string;
  /** What nobody may overlook, e.g. that the data are synthetic. */
  notice?: string;
}

/** Sides of a cell and of the whole table at most, in pixels. */
const [CELL, MOST] = [64, 420];

interface Cell {
  true: string;
  predicted: string;
  count: number;
  /** Of the examples of the true class. */
  share: number;
  /** How strong its colour is. */
  strength: number;
}

/**
 * From which share on a colour has which strength: few mistakes are seen, and none is so strong
 * that a number could be read neither in grey nor in white.
 */
const STRENGTHS: readonly (readonly [share: number, strength: number])[] = [
  [0.5, 1],
  [0.1, 0.85],
  [0.02, 0.22],
  [0.005, 0.14],
  [0.0001, 0.08],
  [0, 0.02],
];

function cellsOf({ counts, names }: ConfusionTable): Cell[] {
  return counts.flatMap((row, i) => {
    const total = row.reduce((sum, count) => sum + count, 0);
    return row.map((count, j) => {
      const share = total === 0 ? 0 : Number((count / total).toPrecision(4));
      const strength = STRENGTHS.find(([least]) => share >= least)![1];
      return { true: names[i], predicted: names[j], count, share, strength };
    });
  });
}

function axis(field: string, names: readonly string[]): Record<string, unknown> {
  const look = { labelAngle: 0, labelFontSize: 12, domain: false, ticks: false, labelLimit: 120 };
  return { field, type: 'nominal', sort: names, title: field, axis: look };
}

/** For those who listen to charts. */
const DESCRIPTION = "datum.count + ' of ' + datum.true + ' taken for ' + datum.predicted";

/** Right answers are blue, wrong ones orange; the more of a class, the stronger. */
const rectangles = {
  mark: { type: 'rect', description: { expr: DESCRIPTION } },
  encoding: {
    color: {
      condition: { test: 'datum.true === datum.predicted', value: seriesColours[0] },
      value: WARNING,
    },
    opacity: { field: 'strength', type: 'quantitative', scale: null },
  },
};

const tooltip = [
  { field: 'true' },
  { field: 'predicted' },
  { field: 'count', type: 'quantitative', format: ',' },
  { field: 'share', type: 'quantitative', format: '.2~%', title: 'share of the class' },
];

/** Counts, white on strong colours. */
function numbers(fontSize: number): unknown {
  return {
    transform: [{ filter: 'datum.count > 0' }],
    mark: { type: 'text', fontSize, aria: false },
    encoding: {
      text: { field: 'count', type: 'quantitative', format: ',' },
      color: { condition: { test: 'datum.share >= 0.1', value: 'white' }, value: NEUTRAL },
    },
  };
}

/**
 * A row for each true class, a column for each predicted one.
 * @param live - With tooltips.
 */
export function confusionSpec(table: ConfusionTable, live: boolean): Spec {
  const { names, title, notice } = table;
  const cell = Math.min(CELL, MOST / names.length);
  const digits = Math.max(...table.counts.flat()).toLocaleString('en-US').length;
  const fontSize = Math.min(12, (cell * 1.5) / digits);
  return {
    $schema: SCHEMA,
    title: { text: title, ...(notice === undefined ? {} : { subtitle: notice }) },
    width: { step: cell },
    height: { step: cell },
    data: { values: cellsOf(table) },
    encoding: {
      x: axis('predicted', names),
      y: axis('true', names),
      ...(live ? { tooltip } : {}),
    },
    layer: [rectangles, ...(fontSize >= 7 ? [numbers(fontSize)] : [])],
    config: { ...neutralConfig, scale: { bandPaddingInner: 0.04 } },
  };
}

/** The same as a chart, with the counts as text for places without pictures. */
export function confusionChart(table: ConfusionTable): Chart {
  const { counts, names, title, notice } = table;
  const rows = [['', ...names], ...counts.map((row, i) => [names[i], ...row.map(String)])];
  const heads = [title, notice].filter((line) => line !== undefined);
  return new Chart({
    live: confusionSpec(table, true),
    still: confusionSpec(table, false),
    text: [...heads, textTable(rows)].join('\n'),
  });
}
