/** @file Tags that make text show itself as HTML, Markdown or SVG; named as in Deno's kernel. */
import { displaySymbol, type Displayable, type MimeBundle } from '../src/utils/display';

/** A text that shows itself as what it is. */
export class Markup implements Displayable {
  constructor(
    private readonly type: string,
    private readonly text: string,
  ) {}

  [displaySymbol](): MimeBundle {
    return { [this.type]: this.text, 'text/plain': this.text };
  }

  /** The text: one markup can stand within another. */
  toString(): string {
    return this.text;
  }
}

/** A template, or a plain text. */
type Tag = (text: TemplateStringsArray | string, ...values: unknown[]) => Markup;

function tag(type: string, pieces: (text: TemplateStringsArray) => readonly string[]): Tag {
  return (text, ...values) =>
    new Markup(
      type,
      typeof text === 'string' ? text : String.raw({ raw: pieces(text) }, ...values),
    );
}

/** Backslashes of formulas stay; those that a template needs before \` and \${ go. */
const asTyped = ({ raw }: TemplateStringsArray): string[] =>
  raw.map((piece) => piece.replace(/\\(`|\$\{)/g, '$1'));

/** Shows HTML below the cell: html`<b>${name}</b>`. Values are put in as they are, not escaped. */
export const html: Tag = tag('text/html', (text) => text);

/** Shows Markdown, with formulas between dollar signs: md`The *mean* is ${mean}.` */
export const md: Tag = tag('text/markdown', asTyped);

/** Shows an SVG picture: svg`<svg width="9" height="9"><circle r="9" /></svg>`. */
export const svg: Tag = tag('image/svg+xml', (text) => text);
