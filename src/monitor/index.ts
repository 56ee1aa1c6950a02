/** @file The monitor. Mirrors pylearn2/monitor.py. */
export {
  type AddChannelOptions,
  type AddDatasetOptions,
  type ChannelConflict,
  type ChannelValue,
  Monitor,
  type MonitorState,
} from './monitor';
export { ChannelMap } from './channel_map';
export { type ChannelState, MonitorChannel, type Progress } from './monitor_channel';
export { channelOf, findChannel, findMonitor } from './find_channel';
export { getChannel, type GetChannelOptions } from './get_channel';
export { getMonitor } from './get_monitor';
export type { Prereq } from './probe';
export { pushMonitor, type PushMonitorOptions } from './push_monitor';
export { readChannel, type ReadChannelOptions } from './read_channel';
export type { SetupOptions } from './setup_channels';
