/**
 * @file The types of numbers in batches. Port of the option `dtype` of pylearn2/space/__init__.py.
 * Differs: there is one, float32, which is Theano's floatX too.
 */
import { z } from 'zod';

const names = ['floatX', 'float32'] as const;

/** A name of the type; null leaves it open, as in Pylearn2. */
export type FloatType = (typeof names)[number];

/** The zod type of the option. */
export const floatType = z.enum(names).nullable().default('floatX');
