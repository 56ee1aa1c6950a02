/** @file A monitor's channels by name. As with Python's dict, a name that is not there is an error. */
import { NameError } from '../utils/errors';
import { didYouMean } from '../utils/match';
import type { MonitorChannel } from './monitor_channel';

/** Channels by name, in the order in which they were added. */
export class ChannelMap extends Map<string, MonitorChannel> {
  /**
   * A channel; `has` tells whether there is one.
   * @throws {@link NameError} with the nearest name.
   */
  override get(name: string): MonitorChannel {
    return this.find(name, 'monitor.channels');
  }

  /**
   * A channel.
   * @param where - Who asks: starts the error message.
   * @throws {@link NameError} `termination_criteria.MonitorBased: no channel ...`
   */
  find(name: string, where: string): MonitorChannel {
    const channel = super.get(name);
    if (channel) return channel;
    const hint = this.size > 0 ? didYouMean(name, [...this.keys()]) : ' The monitor has none.';
    throw new NameError(`${where}: no channel \`${name}\`.${hint}`);
  }
}
