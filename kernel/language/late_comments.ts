/**
 * @file Comments of declaration files, read once somebody asks for them. There are two megabytes of
 * them, whose nodes would take a sixth of the time until the first cell has run, and memory.
 */
import type * as TS from '@tslab/typescript-for-tslab';

/** A node's comments, by the compiler's own name. */
type Commented = TS.Node & { jsDoc?: TS.JSDoc[] };

/** What the compiler makes symbols and signatures of. */
interface Allocator {
  getSymbolConstructor(): { prototype: object };
  getSignatureConstructor(): { prototype: object };
}

/** Asks for comments or their tags, as methods of symbols and of signatures. */
type Question = (this: Asked, ...parameters: unknown[]) => unknown;

interface Asked {
  readonly declarations?: readonly TS.Node[];
  readonly declaration?: TS.Node;
}

const QUESTIONS = /^get(Contextual)?(DocumentationComment|JsDocTags)$/;
/** Where documentation begins: at the beginning of a line, but for blanks. */
const BEGINNING = /^([ \t]*)\/\*\*(?![*/])/gm;

/** The comments of some files. */
export class LateComments {
  private readonly hidden = new Set<string>();

  /** @param read - The text of a file as it is. */
  constructor(
    private readonly ts: typeof TS,
    private readonly read: (file: string) => string | undefined,
  ) {
    const { objectAllocator } = ts as unknown as { objectAllocator: Allocator };
    this.answer(objectAllocator.getSymbolConstructor().prototype);
    this.answer(objectAllocator.getSignatureConstructor().prototype);
  }

  /** The text of a file in which documentation is like any other comment. All stays in its place. */
  hide(file: string, text: string): string {
    this.hidden.add(file);
    return text.replace(BEGINNING, '$1/* ');
  }

  /** Has comments read before these objects are asked for them. */
  private answer(prototype: object): void {
    const methods = prototype as Record<string, Question>;
    const names = Object.getOwnPropertyNames(prototype).filter((name) => QUESTIONS.test(name));
    for (const name of names) {
      const original = methods[name];
      // eslint-disable-next-line @typescript-eslint/no-this-alias -- the method's own
      const comments = this;
      methods[name] = function (...parameters) {
        for (const declaration of this.declarations ?? [this.declaration]) {
          if (declaration) comments.show(declaration.getSourceFile());
        }
        return original.apply(this, parameters);
      };
    }
  }

  private show(file: TS.SourceFile): void {
    if (!this.hidden.delete(file.fileName)) return;
    const text = this.read(file.fileName);
    if (text === undefined) return;
    this.take(this.ts.createSourceFile(file.fileName, text, file.languageVersion, true), file);
  }

  /** Hands the comments of a tree on to one that is the same but for them. */
  private take(from: Commented, to: Commented): void {
    to.jsDoc = from.jsDoc;
    for (const comment of from.jsDoc ?? []) (comment as { parent: TS.Node }).parent = to;
    const [source, target] = [from, to].map((node) => this.childrenOf(node));
    if (source.length === target.length) source.forEach((one, i) => this.take(one, target[i]));
  }

  private childrenOf(node: TS.Node): TS.Node[] {
    const children: TS.Node[] = [];
    this.ts.forEachChild(node, (child) => {
      children.push(child);
    });
    return children;
  }
}
