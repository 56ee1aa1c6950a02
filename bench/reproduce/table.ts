/** @file The results as Markdown. */
import type { Spread } from './noise';
import type { Row } from './rows';

function markdown(head: readonly string[], lines: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...lines.map(line)].join('\n');
}

function duration(seconds: number): string {
  return seconds < 100 ? `${seconds.toFixed(0)} s` : `${(seconds / 60).toFixed(1)} min`;
}

const head = [
  'experiment',
  'quantity',
  'epochs',
  'published',
  'ours',
  'difference',
  'allowed',
  'verdict',
  'time',
  'machine',
];

/** One line for each quantity. */
export function resultTable(rows: readonly Row[], machine: string): string {
  const lines = rows.map((row) => [
    row.experiment,
    row.quantity,
    row.epochs,
    row.published,
    row.ours,
    row.difference,
    row.allowed,
    row.verdict,
    `${duration(row.seconds)} for ${row.epochsRun}`,
    machine,
  ]);
  return markdown(head, lines);
}

/** One line for each number: mean and standard deviation over the streams of noise. */
export function spreadTable(spreads: readonly Spread[]): string {
  const lines = spreads.map(({ experiment, quantity, epoch, values, mean, deviation, show }) => [
    experiment,
    quantity,
    String(epoch),
    values.map(show).join(', '),
    show(mean),
    deviation.toPrecision(2),
  ]);
  return markdown(
    ['experiment', 'quantity', 'epoch', 'by stream', 'mean', 'standard deviation'],
    lines,
  );
}
