/** @file Digits drawn by a program. */
export { type Digits, syntheticDigits, type SyntheticDigitsOptions, VERSION } from './generate';
export { cachedSyntheticDigits } from './cached';
