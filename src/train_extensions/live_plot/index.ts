/** @file Live learning curves in notebooks. */
export { LivePlot, type LivePlotOptions } from './live_plot';
