/** @file Experiments written in YAML: pylearn2.config.yaml_parse. */
export { load, loadPath, type LoadOptions } from './load';
export { Proxy, type Callable } from './proxy';
export { substitute, type TemplateValues } from './substitute';
export { YamlError, type Position } from './yaml_error';
export { yamlSrcOf } from './yaml_src';
