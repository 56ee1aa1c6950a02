/** @file The epochs of all experiments as a picture. */
import { writeFileSync } from 'node:fs';
import { renderSvg } from '../src/plots';
import { NEUTRAL, neutralConfig, seriesColours } from '../src/plots/palette';
import type { Result } from './section';
import { comparisons, sidesIn } from './summary';

/** Points for what others take for an epoch, with the spread; a line where we are. */
function specOf(results: Readonly<Record<string, Result>>): Record<string, unknown> {
  const all = comparisons(results);
  const sides = sidesIn(all);
  const rows = all.map(({ experiment, side, ratio }) => ({ experiment, side, ...ratio }));
  const y = { field: 'side', type: 'nominal', sort: sides, title: null };
  const title = 'time of an epoch / ours';
  const axis = { title, format: '~g', tickCount: 4 };
  const x = { field: 'median', type: 'quantitative', axis, scale: { type: 'log', zero: false } };
  const one = { ...x, field: undefined, datum: 1 };
  const scale = { domain: sides, range: seriesColours.slice(0, sides.length) };
  const color = { field: 'side', type: 'nominal', legend: null, scale };
  return {
    $schema: 'https://vega.github.io/schema/vega-lite/v5.json',
    data: { values: rows },
    facet: {
      field: 'experiment',
      sort: [...new Set(rows.map(({ experiment }) => experiment))],
      title: null,
      header: { labelColor: NEUTRAL, labelFontWeight: 'bold' },
    },
    columns: 3,
    spec: {
      width: 200,
      height: { step: 18 },
      layer: [
        { mark: { type: 'rule', strokeDash: [4, 2], color: NEUTRAL }, encoding: { x: one } },
        {
          mark: 'rule',
          encoding: { y, x: { ...x, field: 'least' }, x2: { field: 'most' }, color },
        },
        { mark: { type: 'point', filled: true, size: 70 }, encoding: { y, x, color } },
      ],
    },
    config: neutralConfig,
  };
}

/** Writes an SVG. */
export async function drawPicture(
  results: Readonly<Record<string, Result>>,
  path: string,
): Promise<void> {
  writeFileSync(path, `${await renderSvg(specOf(results))}\n`);
}
