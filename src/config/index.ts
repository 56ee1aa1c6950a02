/**
 * @file Experiments in YAML, and names for everything that can be named: pylearn2.config. Loading
 * this gives the names to the files of utils/serial too.
 */
import { useDirectory } from '../utils/serial';
import { directory } from './directory';

export { type Products, setProducts } from '../engine';
export { instantiate } from './instantiate';
export { addRoot, removeRoot, resolve, ResolveError, setLibrary, setScope } from './resolve';
export * from './yaml_parse';
export * as yaml_parse from './yaml_parse';

useDirectory(directory);
