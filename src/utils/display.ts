/**
 * @file How objects show themselves in a notebook. An object answers to
 * `Symbol.for('Jupyter.display')` (Deno's convention) with a bundle; whoever can draw bundles
 * (the kernel) registers itself as the host. Without a host nothing is drawn.
 */

/** Data by MIME type: strings, or JSON for `application/*json` types. */
export type MimeBundle = Record<string, unknown>;

/** The method by which an object shows itself. */
export const displaySymbol: unique symbol = Symbol.for('Jupyter.display') as never;

/** An object that shows itself as a MIME bundle; always with `text/plain`. */
export interface Displayable {
  [displaySymbol](): MimeBundle | Promise<MimeBundle>;
}

/** One place in a notebook that is drawn once and then updated in place. */
export interface DisplayHandle {
  update(bundle: MimeBundle): void;
}

/** What the kernel offers: puts a bundle below the running cell. */
export interface DisplayHost {
  show(bundle: MimeBundle): DisplayHandle;
}

let host: DisplayHost | undefined;

/** Registers who draws (the kernel does); undefined to go headless. */
export function setDisplayHost(next: DisplayHost | undefined): void {
  host = next;
}

/** Who draws now; undefined when headless. */
export function displayHost(): DisplayHost | undefined {
  return host;
}

export function isDisplayable(value: unknown): value is Displayable {
  return (
    value !== null &&
    (typeof value === 'object' || typeof value === 'function') &&
    typeof (value as Partial<Displayable>)[displaySymbol] === 'function'
  );
}
