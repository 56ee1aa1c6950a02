/** @file What charts are drawn from: plain records of monitor channels. */

/** The records of one channel, one entry a monitoring; a MonitorChannel is one. */
export interface ChannelRecords {
  readonly name: string;
  readonly valRecord: readonly number[];
  readonly epochRecord: readonly number[];
  readonly batchRecord: readonly number[];
  readonly exampleRecord: readonly number[];
  /** Seconds since the monitor was made. */
  readonly timeRecord: readonly number[];
}

/** What the x axis counts. */
export const xAxes = ['epochs', 'batches', 'examples', 'seconds', 'hours'] as const;

/** One of {@link xAxes}. */
export type XAxis = (typeof xAxes)[number];

/** The places of a channel's values on the x axis. */
export function xRecord(channel: ChannelRecords, x: XAxis): readonly number[] {
  switch (x) {
    case 'epochs':
      return channel.epochRecord;
    case 'batches':
      return channel.batchRecord;
    case 'examples':
      return channel.exampleRecord;
    case 'seconds':
      return channel.timeRecord;
    case 'hours':
      return channel.timeRecord.map((seconds) => seconds / 3600);
  }
}
