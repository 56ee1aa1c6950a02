/** @file Hooks into training. Mirrors pylearn2/train_extensions/__init__.py. */
export * as best_params from './best_params';
export { ChannelSmoother, type ChannelSmootherOptions } from './channel_smoother';
export * as histograms from './histograms';
export { Histograms, type HistogramsOptions } from './histograms';
export * as live_plot from './live_plot';
export { LivePlot, type LivePlotOptions } from './live_plot';
export * as metrics_log from './metrics_log';
export { MetricsLog, type MetricsLogOptions } from './metrics_log';
export { SharedSetter, type SharedSetterOptions } from './shared_setter';
export { TrainExtension, type Verdict } from './train_extension';
