/** @file Records of monitor channels, made up. */
import type { ChannelRecords } from '../../src/plots';

/** A channel with the given values, one an epoch; an epoch has 10 batches, 100 examples, 2 s. */
export function channel(name: string, values: readonly number[]): ChannelRecords {
  const epochRecord = values.map((_, i) => i);
  return {
    name,
    valRecord: values,
    epochRecord,
    batchRecord: epochRecord.map((epoch) => epoch * 10),
    exampleRecord: epochRecord.map((epoch) => epoch * 100),
    timeRecord: epochRecord.map((epoch) => epoch * 2),
  };
}
