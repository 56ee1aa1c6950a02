/** @file tfjs with the engine loaded behind it. Everybody else takes `tf` from `src/engine`. */
import { loadNativeBackend } from './backend';
import { registerGradients } from './gradients';

loadNativeBackend();
registerGradients();

export * from '@tensorflow/tfjs';
