/** @file The option that says where a line search begins. */
import { z } from 'zod';

/** The zod type of step lengths, positive and increasing. */
export const stepLengths = z
  .array(z.number().positive())
  .min(1)
  .refine((alphas) => alphas.every((alpha, i) => i === 0 || alpha > alphas[i - 1]), {
    error: 'expected increasing step lengths',
  });
