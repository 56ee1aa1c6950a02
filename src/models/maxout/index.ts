/** @file Maxout layers. Mirrors pylearn2/models/maxout.py. */
export { Maxout, type MaxoutOptions } from './maxout';
export { MaxoutConvC01B } from './maxout_conv_c01b';
export type { MaxoutConvC01BOptions } from './maxout_conv_options';
