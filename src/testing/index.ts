/** @file Parts for trying things out. Door of pylearn2.testing. */
export * as datasets from './datasets';
