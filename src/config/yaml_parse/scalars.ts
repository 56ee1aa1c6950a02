/**
 * @file What a text without a tag means: YAML 1.1 as PyYAML reads it (`on` is true, `010` is 8),
 * plus the scientific notation of pylearn2/config/yaml_parse.py (`1e-3`, `1.E4`, `.2e4` are
 * numbers). Differs: `e5`, which has no digits before the `e`, is a text, `-.5` is a number; dates
 * stay texts.
 */
import { NOT_RESOLVED, SCALAR_STYLE, YAML11_SCHEMA, type ScalarTagDefinition } from 'js-yaml';
import type { ScalarNode } from './nodes';

/** Start of the names of YAML's own tags, which are written `!!int`. */
export const STANDARD = 'tag:yaml.org,2002:';

const SCIENTIFIC = /^[-+]?(?:\d[\d_]*(?:\.[\d_]*)?|\.\d[\d_]*)[eE][-+]?\d+$/;

const IMPLICIT = ['null', 'bool', 'int', 'float'].map((name) => {
  const tag = YAML11_SCHEMA.tags.find(({ tagName }) => tagName === STANDARD + name);
  return tag as ScalarTagDefinition;
});

/** What js-yaml takes for a boolean or number and PyYAML for a text: `y`, `0:30`, `._1`. */
const TEXT = /^(?:[yn]|[-+]?0\d*:.*|[-+]?\._.*)$/i;

/** A value, and which of YAML's own types (`int`, `str`, ...) it is of. */
export interface TypedValue {
  readonly type: string;
  readonly value: unknown;
}

/** What a scalar without a tag means. */
export function implicit({ text, style }: ScalarNode): TypedValue {
  if (style !== SCALAR_STYLE.PLAIN || TEXT.test(text)) return { type: 'str', value: text };
  if (SCIENTIFIC.test(text)) return { type: 'float', value: Number(text.replace(/_/g, '')) };
  for (const tag of IMPLICIT) {
    const value: unknown = tag.resolve(text, false, tag.tagName);
    if (value !== NOT_RESOLVED) return { type: tag.tagName.slice(STANDARD.length), value };
  }
  return { type: 'str', value: text };
}

/** A number as Python's `float` reads it; undefined when it is none. */
export function parseFloatLike(text: string): number | undefined {
  const word = text.trim().toLowerCase();
  const special = /^([-+]?)\.?(inf|infinity|nan)$/.exec(word);
  if (special) return special[2] === 'nan' ? NaN : special[1] === '-' ? -Infinity : Infinity;
  if (!/^[-+]?(\d(_?\d)*\.?(\d(_?\d)*)?|\.\d(_?\d)*)(e[-+]?\d+)?$/.test(word)) return undefined;
  return Number(word.replace(/_/g, ''));
}
