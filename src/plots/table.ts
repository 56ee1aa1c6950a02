/** @file Tables of text, for places that show nothing else. */
import type { ChannelGroup } from './groups';
import type { Run } from './runs';

/** Five digits; `nan` and `inf` as Pylearn2 prints them. */
export function shortNumber(value: number | undefined): string {
  if (value === undefined) return '';
  if (Number.isNaN(value)) return 'nan';
  if (!Number.isFinite(value)) return value > 0 ? 'inf' : '-inf';
  return String(Number(value.toPrecision(5)));
}

/** Columns padded to equal width, the first one to the left, the others to the right. */
export function textTable(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => row[column].length)),
  );
  return rows
    .map((row) =>
      row.map((cell, i) => (i === 0 ? cell.padEnd(widths[i]) : cell.padStart(widths[i]))),
    )
    .map((cells) => cells.join('  ').trimEnd())
    .join('\n');
}

/** The last values of channels: a line for each thing measured, a column for each dataset and run. */
export function lastValues(groups: readonly ChannelGroup[], runs: readonly Run[]): string {
  const datasets = [...new Set(groups.flatMap(({ members }) => members.map((m) => m.dataset)))];
  const columns = runs.flatMap((run) => datasets.map((dataset) => ({ run, dataset })));
  const head = columns.map(({ run, dataset }) => `${run.label} ${dataset}`.trim() || 'value');
  const body = groups.map(({ quantity, members }) => [
    quantity,
    ...columns.map(({ run, dataset }) => {
      const name = members.find((member) => member.dataset === dataset)?.name;
      return name === undefined ? '' : shortNumber(run.channels.get(name)?.valRecord.at(-1));
    }),
  ]);
  return textTable([['', ...head], ...body]);
}
