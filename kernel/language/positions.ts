/**
 * @file Jupyter counts a cursor's place in Unicode code points, JavaScript in UTF-16 units; they
 * differ behind an emoji.
 */

/** The UTF-16 index of a place counted in code points. */
export function toUtf16(code: string, points: number): number {
  return [...code].slice(0, points).join('').length;
}

/** The place, counted in code points, of a UTF-16 index. */
export function toCodePoints(code: string, index: number): number {
  return [...code.slice(0, index)].length;
}
