/**
 * @file Colours of charts. The series colours are those of Okabe and Ito (2008), which people with
 * any colour vision tell apart, in an order and with a yellow that show on white and on black.
 */

/** Colours for series, in order of use. */
export const seriesColours: readonly string[] = [
  '#0077bb',
  '#e69f00',
  '#009e73',
  '#cc79a7',
  '#56b4e9',
  '#d55e00',
  '#b3a100',
  '#8c8c8c',
];

/** For text and axes: readable on a light and on a dark page alike. */
export const NEUTRAL = '#808080';

/** Which Vega-Lite the specifications are for. */
export const SCHEMA = 'https://vega.github.io/schema/vega-lite/v5.json';

/** For what nobody may overlook. */
export const WARNING = '#d55e00';

/** Vega-Lite configuration: no background, so that the page's own shows. */
export const neutralConfig = {
  background: 'transparent',
  font: 'Helvetica, Arial, sans-serif',
  view: { stroke: 'transparent' },
  line: { color: seriesColours[0] },
  point: { color: seriesColours[0] },
  title: { color: NEUTRAL, subtitleColor: WARNING, subtitleFontWeight: 'bold', anchor: 'start' },
  axis: {
    labelColor: NEUTRAL,
    titleColor: NEUTRAL,
    titleFontWeight: 'normal',
    domainColor: NEUTRAL,
    tickColor: NEUTRAL,
    gridColor: NEUTRAL,
    gridOpacity: 0.25,
  },
  legend: { labelColor: NEUTRAL, titleColor: NEUTRAL, labelFontSize: 12, symbolStrokeWidth: 3 },
} as const;

/** A colour between two of `#rrggbb`: the first at 0, the second at 1. */
export function mixed(one: string, other: string, share: number): string {
  const channels = [1, 3, 5].map((at) => {
    const [from, to] = [one, other].map((colour) => parseInt(colour.slice(at, at + 2), 16));
    return Math.round(from + (to - from) * share)
      .toString(16)
      .padStart(2, '0');
  });
  return `#${channels.join('')}`;
}
