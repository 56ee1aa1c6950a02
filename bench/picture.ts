/** @file The epochs of all experiments as a picture. */
import { writeFileSync } from 'node:fs';
import { renderSvg } from '../src/plots';
import { neutralConfig, seriesColours } from '../src/plots/palette';
import type { Result } from './section';
import { comparisons } from './summary';

/** Bars of what others take for an epoch, with the spread; a line where we are. */
function specOf(results: Readonly<Record<string, Result>>): Record<string, unknown> {
  const rows = comparisons(results).map(({ experiment, side, ratio }) => ({
    experiment,
    side,
    ...ratio,
  }));
  const sides = [...new Set(rows.map(({ side }) => side))];
  const y = { field: 'side', type: 'nominal', sort: sides, title: null };
  const scale = { type: 'log', nice: false };
  const x = { field: 'median', type: 'quantitative', title: 'time of an epoch / ours', scale };
  const colour = { scale: { domain: sides, range: seriesColours.slice(0, sides.length) } };
  return {
    $schema: 'https://vega.github.io/schema/vega-lite/v5.json',
    data: { values: rows },
    facet: {
      field: 'experiment',
      sort: [...new Set(rows.map(({ experiment }) => experiment))],
      title: null,
      header: { labelColor: neutralConfig.title.color, labelFontWeight: 'bold' },
    },
    columns: 3,
    spec: {
      width: 200,
      height: { step: 18 },
      encoding: { y },
      layer: [
        {
          mark: 'bar',
          encoding: {
            x: { ...x, axis: { format: '~g', tickCount: 4 } },
            color: { field: 'side', type: 'nominal', legend: null, ...colour },
          },
        },
        {
          mark: { type: 'rule', color: neutralConfig.title.color },
          encoding: { x: { field: 'least', type: 'quantitative' }, x2: { field: 'most' } },
        },
        {
          mark: { type: 'rule', strokeDash: [4, 2], color: '#808080' },
          encoding: { x: { datum: 1 } },
        },
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
