/**
 * @file Charts that are plain Vega or Vega-Lite specifications, or know one (`toSpec`): drawn live
 * by the page, and as a picture where no scripts run.
 */
import type * as Render from '../src/plots/render';
import type { MimeBundle } from '../src/utils/display';

type Spec = Render.Spec;

const SCHEMA = /\/schema\/(vega|vega-lite)\/v(\d+)/;
/** The last version that JupyterLab draws; later ones are close enough to it. */
const LATEST = 5;

/** A value's specification, if it is one or has one. */
export function specOf(value: unknown): Spec | undefined {
  if (value === null || typeof value !== 'object') return undefined;
  const { toSpec } = value as { toSpec?: () => unknown };
  const spec = typeof toSpec === 'function' ? toSpec.call(value) : value;
  if (spec === null || typeof spec !== 'object') return undefined;
  const { $schema } = spec as { $schema?: unknown };
  return typeof $schema === 'string' && SCHEMA.test($schema) ? (spec as Spec) : undefined;
}

/** A picture of the chart; none of what cannot be drawn here, as data from the network. */
async function pictureOf(spec: Spec): Promise<MimeBundle> {
  // Only now: it brings Vega, which takes a while to load.
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const { renderSvg } = require('../src/plots/render') as typeof Render;
  try {
    return { 'image/svg+xml': await renderSvg(spec) };
  } catch {
    return {};
  }
}

/** How a specification shows itself. */
export async function vegaBundle(spec: Spec): Promise<MimeBundle> {
  const [, grammar, version] = SCHEMA.exec(String(spec.$schema)) ?? [];
  const known = Math.min(Number(version), LATEST);
  const $schema = `https://vega.github.io/schema/${grammar}/v${known}.json`;
  const lite = grammar === 'vega-lite';
  return {
    [`application/vnd.${lite ? 'vegalite' : 'vega'}.v${known}+json`]: { ...spec, $schema },
    ...(lite ? await pictureOf(spec) : {}),
    'text/plain': lite ? 'a Vega-Lite chart' : 'a Vega chart',
  };
}
