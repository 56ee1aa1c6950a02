/**
 * @file Fills in `%(name)i` as Python's `%` operator does with a dict; Pylearn2's experiments are
 * templates of that kind. Differs: null is written `null`, which YAML reads back as null.
 */
import { show } from '../../utils/errors';
import { didYouMean } from '../../utils/match';
import { formatFloat, formatInteger, pythonString, type FloatStyle } from './python_format';
import { Source } from './source';

/** Values of a template, by name: texts (whole pieces of YAML too), numbers, lists. */
export type TemplateValues = Readonly<Record<string, unknown>>;

const CONVERSION =
  /%(?:\((?<name>[^)]*)\))?(?<flags>[-+ #0]*)(?<width>\d*)(?:\.(?<precision>\d*))?[hlL]?(?<type>[^]?)/g;

/** One `%(name)08.3f`, taken apart. */
interface Conversion {
  readonly name: string | undefined;
  readonly flags: string;
  readonly width: number;
  readonly precision: number | undefined;
  readonly type: string;
}

/**
 * Fills in a template: `substitute('lr: %(lr)f', { lr: 0.1 })` is `lr: 0.100000`. Takes `d i u` (an
 * integer), `f e g` (and capitals), `o x X`, `s r c`, with Python's flags, width and precision;
 * `%%` is a percent sign.
 * @param fileName - What errors call the template.
 * @throws {@link YamlError} at the place in the template: a name without a value, a value that is
 * no number, a `%` that starts nothing.
 */
export function substitute(text: string, values: TemplateValues, fileName?: string): string {
  const source = new Source(text, fileName);
  return text.replace(CONVERSION, (sign: string, ...rest: unknown[]) => {
    const groups = rest.at(-1) as Record<string, string | undefined>;
    const offset = rest.at(-3) as number;
    const conversion = {
      name: groups.name,
      flags: groups.flags ?? '',
      width: Number(groups.width),
      precision: groups.precision === undefined ? undefined : Number(groups.precision),
      type: groups.type ?? '',
    };
    return convert(conversion, values, (reason) => source.error(reason, offset, sign.length));
  });
}

function convert(
  conversion: Conversion,
  values: TemplateValues,
  fail: (reason: string) => Error,
): string {
  const { name, type, flags, width } = conversion;
  if (type === '%') return '%';
  if (name === undefined) throw fail('a `%` that is meant as such is written `%%` in a template');
  if (!Object.hasOwn(values, name)) {
    throw fail(`there is no value for \`%(${name})\`.${didYouMean(name, Object.keys(values))}`);
  }
  if (!/^[diufFeEgGoxXsrc]$/.test(type)) {
    throw fail(`\`%(${name})\` must end in one of \`d i f e g s r o x c\`, not in ${show(type)}`);
  }
  const body = format(conversion, values[name], fail);
  if (body.length >= width) return body;
  if (flags.includes('-')) return body.padEnd(width);
  const isNumeric = !/[src]/.test(type);
  return flags.includes('0') && isNumeric ? zeroPadded(body, width) : body.padStart(width);
}

function zeroPadded(body: string, width: number): string {
  const sign = /^[-+ ]?(0[xXo])?/.exec(body)?.[0] ?? '';
  return sign + body.slice(sign.length).padStart(width - sign.length, '0');
}

function format(
  { name, type, flags, precision }: Conversion,
  value: unknown,
  fail: (reason: string) => Error,
): string {
  if (type === 's' || type === 'r') {
    return pythonString(value, type === 'r').slice(0, precision);
  }
  if (type === 'c' && typeof value === 'string' && [...value].length === 1) return value;
  const number = typeof value === 'boolean' ? Number(value) : value;
  if (typeof number !== 'number' && typeof number !== 'bigint') {
    throw fail(`\`%(${name})${type}\` takes a number, received ${show(value)}`);
  }
  if (/[fFeEgG]/.test(type)) {
    const style = type.toLowerCase() as FloatStyle;
    const text = formatFloat(Number(number), style, precision ?? 6, flags);
    return type === style ? text : text.toUpperCase();
  }
  if (typeof number === 'number' && !Number.isFinite(number)) {
    throw fail(`\`%(${name})${type}\` takes an integer, received ${number}`);
  }
  if (type !== 'c') return formatInteger(number, type, precision ?? 0, flags);
  if (number < 0 || number > 0x10ffff) throw fail(`\`%(${name})c\`: no character ${number}`);
  return String.fromCodePoint(Math.trunc(Number(number)));
}
