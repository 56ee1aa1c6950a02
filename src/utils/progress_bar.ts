/** @file A bar with words below it, for notebooks. Plain data in, text and HTML out. */
import type { MimeBundle } from './display';

/**
 * A line of text, and above it a bar.
 * @param filled - How much of the bar is full, in [0, 1]; undefined for no bar.
 */
export function barBundle(text: string, filled?: number): MimeBundle {
  const style = 'display:block;width:100%;max-width:640px;height:8px;margin-bottom:4px';
  const bar =
    filled === undefined
      ? ''
      : `<progress max="1" value="${filled.toFixed(4)}" style="${style}"></progress>`;
  return {
    'text/html': `<div style="font:13px sans-serif">${bar}${text}</div>`,
    'text/plain': text,
  };
}

/** `0:35`, `12:03`, `2:00:00`. */
export function clock(seconds: number): string {
  const whole = Math.round(seconds);
  const [hours, minutes] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60];
  const pad = (value: number) => String(value).padStart(2, '0');
  const tail = pad(whole % 60);
  return hours > 0 ? `${hours}:${pad(minutes)}:${tail}` : `${minutes}:${tail}`;
}

/** `12,000`. */
export function count(value: number): string {
  return Math.round(value).toLocaleString('en-US');
}
