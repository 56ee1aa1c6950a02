/** @file Maxout layers. Mirrors pylearn2/models/maxout.py. */
export { Maxout, type MaxoutOptions } from './maxout';
