/**
 * @file Vega-Lite to SVG, in this process. The packages take a quarter of a second to load, so
 * they are loaded by the first picture.
 */

/** A Vega-Lite 5 specification. */
export type Spec = Readonly<Record<string, unknown>>;

interface VegaLite {
  compile(spec: Spec, options: { logger: unknown }): { spec: unknown };
}

interface Vega {
  View: new (
    dataflow: unknown,
    options: { renderer: 'none'; logger: unknown },
  ) => { toSVG(): Promise<string>; finalize(): void };
  parse(spec: unknown): unknown;
  logger(level: number): unknown;
  Error: number;
}

/** The Vega specification that a Vega-Lite one stands for. */
export function compile(spec: Spec): unknown {
  return vegaLite().compile(spec, { logger: quiet() }).spec;
}

/**
 * Draws a specification as it looks before anybody touches it.
 * @returns An SVG document.
 */
export async function renderSvg(spec: Spec): Promise<string> {
  const { View, parse } = vega();
  const view = new View(parse(compile(spec)), { renderer: 'none', logger: quiet() });
  const svg = await view.toSVG();
  view.finalize();
  return rounded(svg);
}

/** Places to a hundredth of a pixel: half the bytes. */
function rounded(svg: string): string {
  const places = / (?:d|transform|width|height|x|y|x2|y2)="[^"]*"/g;
  return svg.replace(places, (attribute) => attribute.replace(/(\.\d\d)\d+/g, '$1'));
}

// Required when first used: see the head of this file.
/* eslint-disable @typescript-eslint/no-require-imports */
const vega = (): Vega => require('vega') as Vega;
const vegaLite = (): VegaLite => require('vega-lite') as VegaLite;
/* eslint-enable @typescript-eslint/no-require-imports */

/** Vega's warnings are about fonts that it cannot measure here. */
function quiet(): unknown {
  const { logger, Error } = vega();
  return logger(Error);
}
