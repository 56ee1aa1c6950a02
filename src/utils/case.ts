/** @file The two spellings of a name: `main_loop` in YAML, `mainLoop` in TypeScript. */

/**
 * `batches_per_iter` -> `batchesPerIter`; `cost_from_X_data_specs` -> `costFromXDataSpecs`;
 * leading underscores stay.
 */
export function camelCase(name: string): string {
  return name.replace(/(?<=[A-Za-z0-9])_+([A-Za-z0-9])/g, (_, after: string) =>
    after.toUpperCase(),
  );
}

/** `batchesPerIter` -> `batches_per_iter`. */
export function snakeCase(name: string): string {
  return name
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replace(/([A-Z])([A-Z][a-z])/g, '$1_$2')
    .toLowerCase();
}
