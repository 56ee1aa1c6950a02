/** @file What YAML an object was built from. */

const sources = new WeakMap<object, string>();

/**
 * The YAML text that an object was built from, with its `${VAR}` not filled in and with what its
 * aliases stand for written out; undefined for objects that no YAML made. An object that was saved
 * with its YAML keeps it.
 */
export function yamlSrcOf(value: object): string | undefined {
  const own = sources.get(value) ?? (value as { yamlSrc?: unknown }).yamlSrc;
  return typeof own === 'string' ? own : undefined;
}

/** Notes the YAML of an object, also in its own `yamlSrc` if it has such a property. */
export function setYamlSrc(value: unknown, yamlSrc: string): void {
  if (value === null || (typeof value !== 'object' && typeof value !== 'function')) return;
  sources.set(value, yamlSrc);
  if ('yamlSrc' in value) Reflect.set(value, 'yamlSrc', yamlSrc);
}
