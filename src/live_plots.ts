/** @file Live plots for every training in a notebook; the kernel asks for them. */
import { setDefaultExtensions } from './train';
import { LivePlot } from './train_extensions/live_plot';
import { displayHost } from './utils/display';

/**
 * From now on every training draws itself while there is a display host, unless it says
 * `plot: false` or has a LivePlot of its own.
 */
export function enableLivePlots(): void {
  setDefaultExtensions(() => (displayHost() === undefined ? [] : [new LivePlot()]));
}
