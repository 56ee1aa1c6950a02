/** @file Scripts, as functions for cells and as commands. Mirrors pylearn2/scripts. */
import type { ScriptCommand } from './command';
import { command as plotMonitorCommand } from './plot_monitor';
import { command as printMonitorCommand } from './print_monitor';
import { command as showExamplesCommand } from './show_examples';
import { command as showWeightsCommand } from './show_weights';
import { command as summarizeModelCommand } from './summarize_model';
import { command as trainCommand } from './train';

export type { ScriptCommand } from './command';
export { loadTrainFile } from './load_train_file';
export { plotMonitor, type PlotMonitorOptions } from './plot_monitor';
export { printMonitor, type PrintMonitorOptions } from './print_monitor';
export { showExamples, type ShowExamplesOptions } from './show_examples';
export { showWeights, type ShowWeightsOptions } from './show_weights';
export { summarizeModel, type SummarizeModelOptions } from './summarize_model';
export { train, type TrainScriptOptions } from './train';

/** What the command line offers. */
export const commands: readonly ScriptCommand[] = [
  trainCommand,
  printMonitorCommand,
  plotMonitorCommand,
  showWeightsCommand,
  showExamplesCommand,
  summarizeModelCommand,
];
