/** @file A model as a drawing: what goes in, the layers from left to right, what comes out. */
import { NEUTRAL } from '../plots';
import { escapeHtml } from '../utils/html';

/** A layer, or what goes in. */
export interface Stage {
  name: string;
  /** Its class; none of what goes in. */
  kind: string;
  /** The space of what comes out of it. */
  output: string;
}

const [WIDTH, HEIGHT, GAP] = [136, 44, 34];
/** Stages in a row, as many as fit a notebook. */
const COLUMNS = 5;
/** Characters that fit into a box, and below it. */
const [FIT, FIT_BELOW] = [19, 28];

function fitted(text: string, most = FIT): string {
  return escapeHtml(text.length > most ? `${text.slice(0, most - 1)}…` : text);
}

function line(x: number, y: number, text: string, style: string): string {
  return `<text x="${x}" y="${y}" text-anchor="middle" fill="${NEUTRAL}" ${style}>${text}</text>`;
}

/** The way from a stage to the next one: along the row, or down to the start of a new one. */
function arrow(from: [number, number], to: [number, number]): string {
  const middle = HEIGHT / 2;
  const [x, y] = [from[0] + WIDTH, from[1] + middle];
  const [endX, endY] = [to[0] - 2, to[1] + middle];
  const turn = from[1] + HEIGHT + GAP / 2 + 10;
  const path =
    from[1] === to[1]
      ? `M${x} ${y}H${endX}`
      : `M${x} ${y}h${GAP / 3}V${turn}H${to[0] - GAP / 3}V${endY}H${endX}`;
  const head = `M${endX - 6} ${endY - 4}l6 4l-6 4`;
  return `<path d="${path}${head}" fill="none" stroke="${NEUTRAL}"/>`;
}

function box([x, y]: [number, number], { name, kind, output }: Stage): string {
  const centre = x + WIDTH / 2;
  return [
    `<g><title>${escapeHtml(`${name} ${kind}: ${output}`)}</title>`,
    `<rect x="${x}" y="${y}" width="${WIDTH}" height="${HEIGHT}" rx="5" fill="none" stroke="${NEUTRAL}"/>`,
    line(centre, y + 18, fitted(name), 'font-weight="bold"'),
    line(centre, y + 34, fitted(kind), ''),
    line(centre, y + HEIGHT + 14, fitted(output, FIT_BELOW), 'font-size="10"'),
    '</g>',
  ].join('');
}

/** The drawing, an SVG document in a colour that is readable on light and dark pages. */
export function diagram(stages: readonly Stage[]): string {
  const place = (i: number): [number, number] => [
    GAP / 2 + (i % COLUMNS) * (WIDTH + GAP),
    2 + Math.floor(i / COLUMNS) * (HEIGHT + 2 * GAP),
  ];
  const rows = Math.ceil(stages.length / COLUMNS);
  const width = Math.min(stages.length, COLUMNS) * (WIDTH + GAP);
  const height = rows * (HEIGHT + 2 * GAP) - GAP;
  const arrows = stages.slice(1).map((_, i) => arrow(place(i), place(i + 1)));
  const boxes = stages.map((stage, i) => box(place(i), stage));
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" ` +
    `font-family="sans-serif" font-size="12">${[...arrows, ...boxes].join('')}</svg>`
  );
}
