/** @file Numbers and values as Python's `%` operator writes them. */
import { floatStr } from '../../utils/python_format';
import { isTree } from '../tree';

/** `f` fixed, `e` with an exponent, `g` whichever is shorter. */
export type FloatStyle = 'f' | 'e' | 'g';

/** `%d %i %u %o %x %X` of a number; fractions are cut off. */
export function formatInteger(
  value: number | bigint,
  type: string,
  precision: number,
  flags: string,
): string {
  const whole = typeof value === 'bigint' ? value : BigInt(Math.trunc(value));
  const base = type === 'o' ? 8 : /x/i.test(type) ? 16 : 10;
  const digits = (whole < 0n ? -whole : whole).toString(base).padStart(precision, '0');
  const prefix = base !== 10 && flags.includes('#') ? `0${type}` : '';
  return sign(whole < 0n, flags) + prefix + (type === 'X' ? digits.toUpperCase() : digits);
}

/** `%f %e %g` of a number. */
export function formatFloat(
  value: number,
  style: FloatStyle,
  precision: number,
  flags: string,
): string {
  if (Number.isNaN(value)) return `${sign(false, flags)}nan`;
  const start = sign(value < 0 || Object.is(value, -0), flags);
  if (!Number.isFinite(value)) return `${start}inf`;
  const size = Math.abs(value);
  const alternate = flags.includes('#');
  if (style === 'f') return start + fixed(size, precision) + (alternate && !precision ? '.' : '');
  if (style === 'e') return start + exponential(size, precision);
  return start + general(size, Math.max(1, precision), alternate);
}

function sign(isNegative: boolean, flags: string): string {
  if (isNegative) return '-';
  return flags.includes('+') ? '+' : flags.includes(' ') ? ' ' : '';
}

/** Like toFixed, but a tie goes to the even digit, and large numbers are written out. */
function fixed(size: number, precision: number): string {
  const digits = Math.min(precision, 100);
  if (size >= 1e21) return BigInt(size).toString() + (digits > 0 ? `.${'0'.repeat(digits)}` : '');
  const exact = size.toFixed(Math.min(100, digits + 30));
  const dot = exact.indexOf('.');
  const kept = exact.slice(0, digits === 0 ? dot : dot + 1 + digits);
  const isTie = /^50*$/.test(exact.slice(dot + 1 + digits));
  return isTie && Number(kept.at(-1)) % 2 === 0 ? kept : size.toFixed(digits);
}

function exponential(size: number, precision: number): string {
  const text = size.toExponential(Math.min(precision, 100));
  return text.replace(/e([-+])(\d)$/, 'e$10$2');
}

function general(size: number, precision: number, keepZeros: boolean): string {
  const exponent = Number(size.toExponential(Math.min(precision - 1, 100)).split('e')[1]);
  const isFixed = exponent >= -4 && exponent < precision;
  const text = isFixed ? fixed(size, precision - 1 - exponent) : exponential(size, precision - 1);
  return keepZeros ? text : text.replace(/(\.\d*?)0+(e|$)/, '$1$2').replace(/\.(e|$)/, '$1');
}

/** A value as Python's `str` writes it, or as its `repr` does; null is `null`. */
export function pythonString(value: unknown, quoted = false): string {
  if (typeof value === 'string') return quoted ? quote(value) : value;
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (typeof value === 'number') return pythonNumber(value);
  if (Array.isArray(value)) return `[${value.map((item) => pythonString(item, true)).join(', ')}]`;
  if (!isTree(value)) return String(value);
  const pairs = Object.entries(value).map(([key, item]) => {
    return `${quote(key)}: ${pythonString(item, true)}`;
  });
  return `{${pairs.join(', ')}}`;
}

function quote(text: string): string {
  const escaped = JSON.stringify(text).slice(1, -1).replace(/\\"/g, '"');
  return text.includes("'") && !text.includes('"')
    ? `"${escaped}"`
    : `'${escaped.replace(/'/g, "\\'")}'`;
}

/** Integers without a point, since a number of TypeScript does not know whether it has one. */
function pythonNumber(value: number): string {
  return Number.isInteger(value) && Math.abs(value) < 1e16 ? String(value) : floatStr(value);
}
