/** @file tfjs with the engine loaded behind it. Everybody else takes `tf` from `src/engine`. */
import { loadNativeBackend } from './backend';

loadNativeBackend();

export * from '@tensorflow/tfjs';
