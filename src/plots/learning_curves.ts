/** @file Learning curves: the records of a monitor's channels as a chart. */
import { Chart } from './chart';
import { curvesSpec, type CurvesLook, type Panel } from './curves';
import { type ChannelGroup, groupChannels, headlines, selectGroups } from './groups';
import { downsample, MAX_POINTS, pointsOf } from './points';
import { type ChannelRecords, type XAxis, xRecord } from './records';
import { lastValues } from './table';

/** How learning curves are drawn; everything may be left out. */
export interface LearningCurvesOptions {
  /**
   * Names of channels, of what they measure on any dataset (`y_misclass`), or patterns with `*`.
   * Unless given: objectives, misclassification and likelihoods.
   */
  channels?: readonly string[] | null;
  /** What the x axis counts; epochs unless given. */
  x?: XAxis;
  /** Means of so many values; 1, the default, for none. */
  smoothing?: number;
  /**
   * Whether the y axes leave out the values from before training when they lie far from all
   * others, which would else be one flat line; the panel then says where curves start. True unless given.
   */
  focus?: boolean;
  /** Whether the y axes are logarithmic. */
  log?: boolean;
  /** Width of everything and height of a panel, in pixels; 640 by 200 unless given. */
  size?: readonly [number, number];
  title?: string;
  /** What nobody may overlook, e.g. that the data are synthetic. */
  notice?: string;
  /** Starts the error message for a channel that there is not. */
  where?: string;
}

/** Whether two groups have the same last values on the same datasets. */
function sameValues(
  one: ChannelGroup,
  other: ChannelGroup,
  channels: ReadonlyMap<string, ChannelRecords>,
): boolean {
  const last = (name: string | undefined) => channels.get(name ?? '')?.valRecord.at(-1);
  return one.members.every(({ name, dataset }) => {
    const mine = last(name);
    const theirs = last(other.members.find((member) => member.dataset === dataset)?.name);
    if (mine === undefined || theirs === undefined) return false;
    return Object.is(mine, theirs) || Math.abs(mine - theirs) <= 1e-5 * Math.max(1, Math.abs(mine));
  });
}

/** A likelihood that is the objective under another name needs no chart of its own. */
function withoutTwins(
  groups: readonly ChannelGroup[],
  channels: ReadonlyMap<string, ChannelRecords>,
): ChannelGroup[] {
  return groups.filter(
    (group, i) =>
      !group.quantity.endsWith('nll') ||
      !groups.slice(0, i).some((former) => sameValues(group, former, channels)),
  );
}

function choose(
  channels: ReadonlyMap<string, ChannelRecords>,
  { channels: wanted, where }: LearningCurvesOptions,
): ChannelGroup[] {
  const groups = groupChannels([...channels.keys()]);
  if (wanted) return selectGroups(groups, wanted, where);
  return withoutTwins(headlines(groups), channels);
}

function panelsOf(
  groups: readonly ChannelGroup[],
  channels: ReadonlyMap<string, ChannelRecords>,
  x: XAxis,
  smoothing: number,
): Panel[] {
  const count = groups.reduce((sum, { members }) => sum + members.length, 0);
  const limit = Math.floor(MAX_POINTS / Math.max(1, count));
  return groups.map(({ quantity, members }) => ({
    title: quantity,
    series: members.map(({ name, dataset }) => {
      const channel = channels.get(name)!;
      const points = pointsOf(xRecord(channel, x), channel.valRecord, smoothing);
      return { label: dataset, points: downsample(points, limit) };
    }),
  }));
}

/** A chart of panels, with the text for places without pictures. */
export function curvesChart(panels: readonly Panel[], look: CurvesLook, table: string): Chart {
  const heads = [look.title, look.notice].filter((line) => line !== undefined);
  return new Chart({
    live: curvesSpec(panels, look, true),
    still: curvesSpec(panels, look, false),
    text: [...heads, table].join('\n'),
  });
}

/**
 * The learning curves of some channels: a panel for each thing measured, a curve for each dataset.
 * @throws {@link NameError} for a channel that there is not, with the nearest name.
 */
export function learningCurves(
  channels: Iterable<ChannelRecords>,
  options: LearningCurvesOptions = {},
): Chart {
  const byName = new Map([...channels].map((channel) => [channel.name, channel]));
  const groups = choose(byName, options);
  const { x = 'epochs', smoothing = 1, log = false, focus = true, size = [640, 200] } = options;
  const { title, notice } = options;
  const panels = panelsOf(groups, byName, x, smoothing);
  return curvesChart(
    panels,
    { xTitle: x, size, log, focus, title, notice },
    lastValues(groups, byName),
  );
}
