/** @file Small pieces of HTML for notebooks, always with the same as text. */
import { textTable } from '../plots';
import type { MimeBundle } from '../utils/display';
import { escapeHtml, htmlTable } from '../utils/html';
import type { Picture } from './pixels';

/** What is shown, from top to bottom. */
export interface Summary {
  /** Lines of text. */
  text: string;
  /** What nobody may overlook, e.g. that the data are synthetic. */
  notice?: string;
  /** Rows of cells; the first row is the head. */
  table?: readonly (readonly string[])[];
  picture?: Picture;
  /** A drawing, as an SVG document. */
  drawing?: string;
}

/**
 * A drawing in an image of its own: an SVG element would be taken to pieces by JupyterLab and code
 * hosts, which trust no markup in a notebook that they did not run.
 */
function drawn(svg: string): string {
  const data = Buffer.from(svg).toString('base64');
  return `<img alt="" src="data:image/svg+xml;base64,${data}">`;
}

/** The summary for places that show HTML, pictures, or text alone. */
export function summaryBundle({ text, notice, table, picture, drawing }: Summary): MimeBundle {
  const pixels = picture?.forScreen().toBase64();
  const parts = [
    notice === undefined ? '' : `<b style="color:#d55e00">${escapeHtml(notice)}</b>`,
    text === '' ? '' : `<pre style="margin:0">${escapeHtml(text)}</pre>`,
    drawing === undefined ? '' : drawn(drawing),
    table === undefined ? '' : htmlTable(table[0], table.slice(1)),
    pixels === undefined ? '' : `<img alt="" src="data:image/png;base64,${pixels}">`,
  ];
  const lines = [notice, text, table && textTable(table)].filter((part) => part);
  return {
    'text/html': `<div>${parts.filter((part) => part !== '').join('<br>')}</div>`,
    'text/plain': lines.join('\n'),
    ...(pixels === undefined ? {} : { 'image/png': pixels }),
  };
}
