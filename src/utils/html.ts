/** @file HTML from text, and from rows of texts. */

/** The text as HTML that shows it as it is. */
export function escapeHtml(text: string): string {
  const names: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
  return text.replace(/[&<>"]/g, (character) => names[character]);
}

/** `1,234`, `98.2 %`, `-.5e-3`, `NaN`. */
const NUMBER = /^([-+]?([\d,]*\.?\d+(e[-+]?\d+)?( ?%)?|Infinity)|NaN)$/;

/** The alignment is said in the cell itself: notebooks put all cells at the right. */
function tableRow(cells: readonly string[], tag: 'th' | 'td', right: readonly boolean[]): string {
  const marked = cells.map((cell, i) => {
    const open = `<${tag} style="text-align:${right[i] ? 'right' : 'left'}">`;
    return `${open}${escapeHtml(cell)}</${tag}>`;
  });
  return `<tr>${marked.join('')}</tr>`;
}

/** A table. Columns that hold numbers alone stand at the right, heads too. */
export function htmlTable(head: readonly string[], body: readonly (readonly string[])[]): string {
  const right = head.map((_, i) => {
    const filled = body.map((cells) => cells[i]).filter((cell) => cell !== '');
    return filled.length > 0 && filled.every((cell) => NUMBER.test(cell));
  });
  const rows = body.map((cells) => tableRow(cells, 'td', right));
  return `<table><thead>${tableRow(head, 'th', right)}</thead><tbody>${rows.join('')}</tbody></table>`;
}
