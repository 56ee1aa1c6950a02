/**
 * @file Numbers as Python prints them, so that reports read as Pylearn2's did. Channels are shown
 * with the digits that tell one float32 from its neighbours, as NumPy's str() of a float32 does.
 */

function special(value: number): string | undefined {
  if (Number.isNaN(value)) return 'nan';
  if (!Number.isFinite(value)) return value > 0 ? 'inf' : '-inf';
  return Object.is(value, -0) ? '-0.0' : undefined;
}

/** JavaScript writes `1e-5` where Python writes `1e-05`. */
function pythonExponent(text: string): string {
  return text.replace(/e([+-])(\d)$/, 'e$10$2');
}

/** Python's `str()` of a float: `0.1`, `1.0`, `1e-05`, `nan`. */
export function floatStr(value: number): string {
  const name = special(value);
  if (name !== undefined) return name;
  const scientific = value.toExponential();
  const exponent = Number(scientific.split('e')[1]);
  if (exponent < -4 || exponent >= 16) return pythonExponent(scientific);
  const decimal = value.toFixed(
    Math.max(1, scientific.split('e')[0].replace(/\D/g, '').length - 1 - exponent),
  );
  return decimal;
}

/** `str()` of a float32: the fewest digits that give the same float32 back. */
export function float32Str(value: number): string {
  const single = Math.fround(value);
  for (let digits = 1; digits <= 9; digits++) {
    const candidate = Number(single.toPrecision(digits));
    if (Math.fround(candidate) === single) return floatStr(candidate);
  }
  return floatStr(single);
}

/** `'%.3e' % value`, with any number of decimals. */
export function exponentStr(value: number, decimals: number): string {
  return (
    special(Math.abs(value) === 0 ? 0 : value) ?? pythonExponent(value.toExponential(decimals))
  );
}
