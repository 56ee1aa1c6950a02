/** @file The tree of dotted names that YAML can name: `pylearn2.models.mlp.MLP` and the others. */
import { function as makeFunction, grad, sharedX } from './engine';
import * as utilities from './utils';

export * as blocks from './blocks';
export * as config from './config';
export * as corruption from './corruption';
export * as costs from './costs';
export * as datasets from './datasets';
export * as expr from './expr';
export * as gui from './gui';
export * as model_extensions from './model_extensions';
export * as models from './models';
export * as monitor from './monitor';
export * as optimization from './optimization';
export * as pictures from './pictures';
export * as plots from './plots';
export * as scripts from './scripts';
export * as space from './space';
export * as termination_criteria from './termination_criteria';
export * as testing from './testing';
export * as train from './train';
export * as train_extensions from './train_extensions';
export * as training_algorithms from './training_algorithms';

/** pylearn2.utils: what needs no tensors, and what the engine gives. */
export const utils = { ...utilities, sharedX, function: makeFunction, grad };
