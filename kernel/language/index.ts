/** @file The door of the language room: what a cell's text means. */
export { ansi } from './ansi';
export { askedName } from './asked_name';
export { complete } from './completion';
export { completeness } from './completeness';
export { type Converted, NotebookConverter } from './converter';
export { compileError, TypeScriptError } from './diagnostics';
export { excerpt } from './excerpt';
export { exportedNames, type ExportedName } from './exported_names';
export { inspect } from './hover';
export { importedModules } from './imports';
export { Mapping, type Place } from './mapping';
export { prepareCompiler, type Surroundings } from './typescript';
