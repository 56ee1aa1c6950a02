/** @file What is wrong with a text that is no YAML, in the words of who writes experiments. */
import type { Source } from './source';
import type { YamlError } from './yaml_error';

/** What the parser's complaints mean. */
const MEANINGS: readonly [RegExp, string][] = [
  [/tab characters/, 'a tab indents this line; YAML wants spaces'],
  [/bad indentation of a mapping/, 'this is indented otherwise than the keys it belongs to'],
  [/bad indentation of a sequence/, 'this is indented otherwise than the items it belongs to'],
  [/deficient indentation/, 'this line must be indented further'],
  [/whitespace character is expected after/, 'a space is missing after the `:`'],
  [/expected the node content/, 'expected a value before the `,`'],
  [/unknown escape sequence/, "`\\` starts no known escape here; in '...' it stands for itself"],
  [/hexadecimal character/, 'this escape needs hexadecimal digits'],
  [
    /non-printable|valid JSON character/,
    'this character may not stand in YAML; escape it in "..."',
  ],
  [/duplication of a tag/, 'a value can have one tag only'],
  [/duplication of an anchor/, 'a value can have one anchor only'],
  [/name of an anchor/, 'a name is missing after the `&`'],
  [/name of an alias/, 'a name is missing after the `*`'],
  [/alias node should not/, 'an alias can have no tag or anchor of its own'],
  [/nesting exceeded/, 'lists and maps are nested too deeply here'],
  [/tag handle/, 'this tag is not known; tags are `!obj:`, `!pkl:`, `!import`, `!float`'],
  [/line break is expected/, 'the text after `|` or `>` begins on the next line'],
  [/block scalar|identifier/, 'the marks after `|` or `>` are not understood'],
];

/** Offset of the line that an offset is in. */
export function lineStart(text: string, offset: number): number {
  return Math.max(text.lastIndexOf('\n', offset - 1), text.lastIndexOf('\r', offset - 1)) + 1;
}

/** The error for what the parser complains of at an offset of the source. */
export function explainSyntax(reason: string, offset: number, source: Source): YamlError {
  return (
    explainTemplate(offset, source) ??
    explainTag(reason, offset, source) ??
    explainKey(reason, offset, source) ??
    explainDirective(reason, source) ??
    explainOpen(reason, offset, source) ??
    source.error(meaning(reason), offset)
  );
}

function meaning(reason: string): string {
  const known = MEANINGS.find(([pattern]) => pattern.test(reason));
  return known?.[1] ?? `this is not valid YAML (${reason})`;
}

/** Signs that should have been quoted or filled in. */
function explainTemplate(offset: number, source: Source): YamlError | undefined {
  const { text } = source;
  const line = text.slice(lineStart(text, offset)).split(/[\r\n]/, 1)[0];
  const column = offset - lineStart(text, offset);
  for (const sign of line.matchAll(/%\(\w*\)[-+ #0-9.]*[a-zA-Z]/g)) {
    const at = sign.index ?? 0;
    if (column < at || column > at + sign[0].length) continue;
    const message = `\`${sign[0]}\` has not been filled in; give load its \`values\``;
    return source.error(message, offset - column + at, sign[0].length);
  }
  if (text.slice(offset - 1, offset + 1) !== '${') return undefined;
  return source.error('put quotes around a text with `${...}` in it', offset - 1, 2);
}

function explainTag(reason: string, offset: number, source: Source): YamlError | undefined {
  if (!/tag name|tag suffix/.test(reason)) return undefined;
  const line = lineStart(source.text, offset);
  const before = source.text.slice(line, offset);
  const at = line + Math.max(0, before.search(/![^\s!]*$/));
  const tag = source.text.slice(at).split(/\s/, 1)[0];
  const name = /^!\w+:?/.exec(tag)?.[0] ?? '!';
  if (name !== '!obj:') {
    return source.error(`\`${tag}\`: a space is needed after \`${name}\``, at, tag.length);
  }
  const end = tag.search(/[^!:.\w]/);
  const written = end < 0 ? tag : tag.slice(0, end);
  return source.error(`a space is needed after \`${written}\``, at + Math.max(0, end));
}

/** A line without colon is taken for the beginning of the next one's key. */
function explainKey(reason: string, offset: number, source: Source): YamlError | undefined {
  const { text } = source;
  const atColon = text[offset] === ':' && /end of the stream or a document/.test(reason);
  if (!atColon && !/multiline key|expected ':' after/.test(reason)) return undefined;
  const isNextLine = text[offset] === ':' || text.slice(lineStart(text, offset), offset) === '';
  const before = text.slice(0, isNextLine ? lineStart(text, offset) : offset).trimEnd();
  const word = before.slice(lineStart(before, before.length)).trimStart();
  const missing = /^\w+:\S/.test(word) ? 'a space is missing after the `:`' : 'a `:` is missing';
  const at = before.length - word.length;
  return source.error(`expected \`key: value\`; ${missing}`, at, word.length);
}

/** A `%` at the start of a line; complained of where the document begins after it. */
function explainDirective(reason: string, source: Source): YamlError | undefined {
  const at = source.text.search(/^%/m);
  if (at < 0 || !/directive/i.test(reason)) return undefined;
  return source.error('a line that starts with `%` is read as a directive of YAML', at);
}

function explainOpen(reason: string, offset: number, source: Source): YamlError | undefined {
  const { text } = source;
  if (/quoted scalar/.test(reason)) {
    const { quote } = openTokens(text, text.length);
    return source.error('this quote is not closed', quote ?? offset);
  }
  const opener = openTokens(text, offset).brackets.at(-1);
  if (/within a flow collection/.test(reason) && opener !== undefined) {
    return source.error(`this \`${text[opener]}\` is not closed`, opener);
  }
  if (/missed comma/.test(reason) && opener !== undefined) {
    return missingComma(offset, opener, source);
  }
  if (/end of the stream or a document/.test(reason)) {
    return source.error(`expected the end; \`${text[offset]}\` belongs to nothing`, offset);
  }
  return undefined;
}

function missingComma(offset: number, opener: number, source: Source): YamlError {
  const { text } = source;
  const close = text[opener] === '{' ? '}' : ']';
  const { line } = source.position(opener);
  const or = `or the \`${close}\` that closes the \`${text[opener]}\` of line ${line}`;
  const key = /\S[^\r\n]*$/.exec(text.slice(lineStart(text, offset), offset));
  if (text[offset] === ':' && key !== null && line < source.position(offset).line) {
    const at = offset - key[0].length;
    return source.error(`expected \`,\` before this line, ${or}`, at, key[0].length);
  }
  return source.error(`expected \`,\` ${or}`, offset);
}

/** What is still open in front of `end`: offsets of brackets, outermost first, and of a quote. */
function openTokens(text: string, end: number): { brackets: number[]; quote?: number } {
  const token =
    /"(?:\\.|[^"\\])*("?)|'(?:''|[^'])*('?)|#[^\n]*|[[\]{}]|[^\s"'#[\]{},:][^\s[\]{},]*|[^]/g;
  const brackets: number[] = [];
  for (const match of text.matchAll(token)) {
    const at = match.index ?? 0;
    if (at >= end) break;
    const [word, double, single] = match;
    if (double === '' || single === '') return { brackets, quote: at };
    if (word === '{' || word === '[') brackets.push(at);
    if (word === '}' || word === ']') brackets.pop();
  }
  return { brackets };
}
