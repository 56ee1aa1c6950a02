/** @file Live plots, and metrics on disk, for every training in a notebook; the kernel asks for them. */
import { setDefaultExtensions } from './train';
import { LivePlot } from './train_extensions/live_plot';
import { MetricsLog } from './train_extensions/metrics_log';
import { displayHost } from './utils/display';

/**
 * From now on every training draws itself, and keeps its metrics on disk, while there is a display
 * host, unless it says `plot: false`; a LivePlot or a MetricsLog of its own takes the place of ours.
 */
export function enableLivePlots(): void {
  setDefaultExtensions(() =>
    displayHost() === undefined ? [] : [new LivePlot(), new MetricsLog()],
  );
}
