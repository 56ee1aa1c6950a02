import assert from 'node:assert/strict';
import type * as TS from '@tslab/typescript-for-tslab';
import { LateComments } from '../../kernel/language/late_comments';
import { ts } from '../../kernel/language/typescript';

const TEXT = `
/** A shape. */
export interface Shape {
  /**
   * How large it is.
   * @param unit - See {@link Unit}.
   * @returns A number.
   */
  area(unit: Unit): number;
  /** Its "/**" name. */ name: string;
}
/** Of length. */
export type Unit = 'm' | '/** not a comment */';
export declare class Square implements Shape {
  area(unit: Unit): number;
  name: string;
}
/** Once. */
export declare function twice(x: number): number;
/** Of a text. @deprecated Not any more. */
export declare function twice(x: string): string;
/** Both. */
export declare const one: number,
  two: number;
/* No documentation. */
export declare const three: number;
export declare namespace inner {
    /**
     * Far within.
     */
    const four: number;
}
`;

/** A program of one file, whose comments are hidden or not. */
function programOf(hide?: (file: string, text: string) => string): TS.Program {
  const options: TS.CompilerOptions = { noLib: true, types: [] };
  const host = ts.createCompilerHost(options);
  host.getSourceFile = (file, target) => {
    if (file !== 'shapes.d.ts') return undefined;
    return ts.createSourceFile(file, hide ? hide(file, TEXT) : TEXT, target);
  };
  return ts.createProgram(['shapes.d.ts'], options, host);
}

/** What is said about all that a program declares, by the place where it is declared. */
function documentationOf(program: TS.Program): string[] {
  const checker = program.getTypeChecker();
  const said: string[] = [];
  const visit = (node: TS.Node): void => {
    const name = (node as TS.NamedDeclaration).name;
    const symbol = name && checker.getSymbolAtLocation(name);
    if (symbol) {
      const tags = symbol.getJsDocTags(checker);
      const comment = ts.displayPartsToString(symbol.getDocumentationComment(checker));
      const ofTags = tags.map((tag) => `@${tag.name} ${ts.displayPartsToString(tag.text)}`);
      said.push([name.pos, symbol.name, comment, ...ofTags].join(' | '));
    }
    ts.forEachChild(node, visit);
  };
  visit(program.getSourceFile('shapes.d.ts') as TS.SourceFile);
  return said;
}

describe('kernel/language/late_comments', () => {
  const reads: string[] = [];
  const comments = new LateComments(ts, (file) => {
    reads.push(file);
    return TEXT;
  });
  const hide = (file: string, text: string): string => comments.hide(file, text);

  beforeEach(() => reads.splice(0));

  it('says of everything what is said where comments are read at once', () => {
    const wanted = documentationOf(programOf());
    assert.ok(wanted.some((line) => line.includes('area | How large it is. | @param unit')));
    assert.ok(wanted.some((line) => line.includes('four | Far within.')));
    assert.deepEqual(documentationOf(programOf(hide)), wanted);
    assert.deepEqual(reads, ['shapes.d.ts']);
  });

  it('reads no comments for as long as nobody asks', () => {
    const program = programOf(hide);
    assert.deepEqual(program.getSemanticDiagnostics(), []);
    const [shape] = (program.getSourceFile('shapes.d.ts') as TS.SourceFile).statements;
    const [area] = (shape as TS.InterfaceDeclaration).members;
    const tags = (): string[] => ts.getJSDocTags(area).map(({ tagName }) => tagName.text);
    assert.deepEqual(tags(), []);
    assert.deepEqual(reads, []);
    documentationOf(program);
    assert.deepEqual(tags(), ['param', 'returns']);
  });

  it('leaves everything in its place, texts as they are, and files that are gone without comments', () => {
    const gone = new LateComments(ts, () => undefined);
    const hidden = gone.hide('shapes.d.ts', TEXT);
    assert.equal(hidden.length, TEXT.length);
    assert.ok(hidden.includes("'/** not a comment */'") && !hidden.includes('/** A shape'));
    const said = documentationOf(programOf((file, text) => gone.hide(file, text)));
    assert.ok(said.length > 10 && !said.some((line) => line.includes('How large')));
  });
});
