import assert from 'node:assert/strict';
import type * as TS from '@tslab/typescript-for-tslab';
import { printKept } from '../../kernel/language/print_kept';
import { ts } from '../../kernel/language/typescript';

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] };

const printer = ts.createPrinter({ newLine: ts.NewLineKind.LineFeed });
const parse = (text: string): TS.SourceFile =>
  ts.createSourceFile('declared.d.ts', text, ts.ScriptTarget.Latest, true);
const kept = (file: TS.SourceFile): string => printKept(ts, printer, file);

const TEXT = printer.printFile(
  parse(`
/** A number. */
declare let one: number, two: { a: string; b: (x: number) => string }, three: unknown;
declare const text: "a\\nb";
declare function f(x: number): number;
declare function f(x: string): string;
declare class C<T> { private x; y: T; constructor(y: T); }
import fs, { readFileSync as read, writeFileSync } from "node:fs";
interface I { (a: string): void }
type T = typeof one | \`\${number}px\`;
declare enum E { A = 1, B }
declare namespace inner { const z: number; }
`),
);

/** The declarations with some of the variables of the first statement left out, as tslab does it. */
function leaving(...names: string[]): TS.SourceFile {
  const file = parse(TEXT);
  const list = (file.statements[0] as TS.VariableStatement).declarationList;
  const left = list.declarations.filter(({ name }) => names.includes((name as TS.Identifier).text));
  (list as Mutable<typeof list>).declarations = ts.factory.createNodeArray(left);
  return file;
}

describe('kernel/language/print_kept', () => {
  it('gives the text of what is whole as it was', () => {
    assert.equal(kept(parse(TEXT)), TEXT);
    assert.equal(kept(leaving('one', 'two', 'three')), TEXT);
    assert.equal(kept(parse('')), '');
  });

  for (const names of [
    ['one'],
    ['two'],
    ['three'],
    ['one', 'two'],
    ['two', 'three'],
    ['one', 'three'],
  ]) {
    it(`prints anew a statement of which ${names.join(' and ')} are left`, () => {
      const text = kept(leaving(...names));
      assert.equal(text, printer.printFile(leaving(...names)));
      assert.notEqual(text, TEXT);
    });
  }

  it('leaves out statements', () => {
    const file = parse(TEXT);
    const [first, , third] = file.statements;
    (file as Mutable<typeof file>).statements = ts.factory.createNodeArray([first, third]);
    assert.equal(kept(file), printer.printFile(file));
  });
});
