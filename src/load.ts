/** @file The notebook's `load`: from YAML text, or the path of a YAML file, to what it describes. */
import { load as loadText, type LoadOptions, loadPath } from './config';

/**
 * Builds what a YAML text describes; a single line that ends in `.yaml` or `.yml` is the path of a
 * file with such a text.
 * @returns The object, often a `Train`: `await load<Train>(text).mainLoop()`.
 * @throws YamlError with line, column and the nearest valid name.
 */
export function load<T = unknown>(textOrPath: string, options: LoadOptions = {}): T {
  const isPath = /^[^\n]+\.ya?ml$/.test(textOrPath.trim());
  return (isPath ? loadPath(textOrPath.trim(), options) : loadText(textOrPath, options)) as T;
}
