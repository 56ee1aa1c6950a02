/** @file Options that may be written as text. */
import { z } from 'zod';

/** A number; text that reads as one will do, since YAML takes `1e-3` for text in some spellings. */
export const numeric = z.union([
  z.number(),
  z
    .string()
    .refine((text) => text.trim() !== '' && Number.isFinite(Number(text)), {
      error: 'expected a number',
    })
    .transform(Number),
]);
