/** @file Numbers and texts as pickles spell them. */
import { DataError, show } from '../../errors';

/** A number, or a bigint where a double could not hold it. */
function narrow(value: bigint): number | bigint {
  return Number.isSafeInteger(Number(value)) ? Number(value) : value;
}

/** `12`, `12L`; `00` and `01` are how protocol 0 writes booleans. */
export function readPyInteger(line: string): number | bigint | boolean {
  if (line === '00' || line === '01') return line === '01';
  if (!/^-?\d+L?$/.test(line)) throw new DataError(`damaged: ${show(line)} is no integer`);
  return narrow(BigInt(line.replace('L', '')));
}

/** `0.5`, `1e-3`, `inf`, `nan`. */
export function readPyFloat(line: string): number {
  const special = new Map([
    ['inf', Infinity],
    ['-inf', -Infinity],
    ['nan', NaN],
    ['-nan', NaN],
  ]).get(line);
  if (special !== undefined) return special;
  if (!/^-?\d+(\.\d*)?(e[+-]?\d+)?$/i.test(line)) {
    throw new DataError(`damaged: ${show(line)} is no number`);
  }
  return Number(line);
}

/** Two's complement, lowest byte first, of any length. */
export function readPyLong(bytes: Uint8Array): number | bigint {
  if (bytes.length === 0) return 0;
  const digits = Buffer.from(bytes).reverse().toString('hex');
  return narrow(BigInt.asIntN(bytes.length * 8, BigInt(`0x${digits}`)));
}

const escapes: Record<string, string | undefined> = {
  n: '\n',
  t: '\t',
  r: '\r',
  a: '\x07',
  b: '\b',
  f: '\f',
  v: '\v',
  '\\': '\\',
  "'": "'",
  '"': '"',
};

/**
 * A quoted text of protocol 0.
 * @param rawUnicode - Whether only `\u` and `\U` mean something, as in Python's raw-unicode-escape.
 */
export function unescapePy2(line: string, rawUnicode = false): string {
  const quoted = /^(['"])([^]*)\1$/.exec(line.trim());
  if (quoted === null) throw new DataError(`damaged: ${show(line)} is no quoted text`);
  if (rawUnicode) {
    return quoted[2].replace(/\\u([0-9a-f]{4})|\\U([0-9a-f]{8})/g, (_, short, long) =>
      String.fromCodePoint(parseInt(short ?? long, 16)),
    );
  }
  return quoted[2].replace(/\\(x[0-9a-f]{2}|[^])/g, (whole, code: string) => {
    if (code.length === 3) return String.fromCharCode(parseInt(code.slice(1), 16));
    return escapes[code] ?? whole;
  });
}
