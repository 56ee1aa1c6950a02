/** @file Colours of terminal text, which notebooks show too. */

const paint =
  (code: number) =>
  (text: string): string =>
    `\u001b[${code}m${text}\u001b[0m`;

export const ansi = { red: paint(31), green: paint(32), cyan: paint(36), grey: paint(90) };
