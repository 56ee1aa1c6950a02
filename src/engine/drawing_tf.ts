/** @file tfjs as the rest of the house has it: with gradients it lacks, and draws that are compiled. */
export * from './tf';
export {
  dropout,
  multinomial,
  randomNormal,
  randomStandardNormal,
  randomUniform,
  randomUniformInt,
  truncatedNormal,
} from './draws';
