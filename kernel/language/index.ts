/** @file The door of the language room: what a cell's text means. */
export { ansi } from './ansi';
export { askedName } from './asked_name';
export { complete, proposalReply, type Proposals } from './completion';
export { completeness } from './completeness';
export { type Converted, NotebookConverter } from './converter';
export { compileError, TypeScriptError } from './diagnostics';
export { excerpt } from './excerpt';
export { exportedNames, type ExportedName } from './exported_names';
export { inspect, type Inspector } from './hover';
export { importedModules } from './imports';
export { Mapping, type Place } from './mapping';
export { toUtf16 } from './positions';
export { prepareCompiler, type Surroundings } from './typescript';
export { yamlContext, type YamlContext } from './yaml_context';
