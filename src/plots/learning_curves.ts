/** @file Learning curves: the records of a monitor's channels as a chart. */
import { Chart } from './chart';
import { curvesSpec, type CurvesLook, type Panel, type Series } from './curves';
import {
  type ChannelGroup,
  type ChannelName,
  groupChannels,
  headlines,
  selectGroups,
} from './groups';
import { downsample, MAX_POINTS, pointsOf } from './points';
import { type XAxis, xRecord } from './records';
import { type Best, bestOf, type Channels, type Recorded, type Run, runsOf } from './runs';
import { lastValues, shortNumber } from './table';

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
  /** Name of a channel: marks where it is lowest, as `valid_y_misclass`. */
  best?: string | null;
  /** Width of everything and height of a panel, in pixels; 640 by 200 unless given. */
  size?: readonly [number, number];
  title?: string;
  /** What nobody may overlook, e.g. that the data are synthetic. */
  notice?: string;
  /** Starts the error message for a channel that there is not. */
  where?: string;
}

const WHERE = 'plots.learningCurves';

/** Whether two groups have the same last values on the same datasets. */
function sameValues(one: ChannelGroup, other: ChannelGroup, channels: Channels): boolean {
  const last = (name: string | undefined) => channels.get(name ?? '')?.valRecord.at(-1);
  return one.members.every(({ name, dataset }) => {
    const mine = last(name);
    const theirs = last(other.members.find((member) => member.dataset === dataset)?.name);
    if (mine === undefined || theirs === undefined) return false;
    return Object.is(mine, theirs) || Math.abs(mine - theirs) <= 1e-5 * Math.max(1, Math.abs(mine));
  });
}

/** A likelihood that is the objective under another name needs no chart of its own. */
function withoutTwins(groups: readonly ChannelGroup[], runs: readonly Run[]): ChannelGroup[] {
  const twins = (one: ChannelGroup, other: ChannelGroup) =>
    runs.every(({ channels }) => sameValues(one, other, channels));
  return groups.filter(
    (group, i) =>
      !group.quantity.endsWith('nll') || !groups.slice(0, i).some((former) => twins(group, former)),
  );
}

function choose(
  runs: readonly Run[],
  { channels: wanted, where }: LearningCurvesOptions,
): ChannelGroup[] {
  const names = new Set(runs.flatMap(({ channels }) => [...channels.keys()]));
  const groups = groupChannels([...names]);
  if (wanted) return selectGroups(groups, wanted, where);
  return withoutTwins(headlines(groups), runs);
}

/** What curves have in common. */
interface Plan {
  runs: readonly Run[];
  groups: readonly ChannelGroup[];
  x: XAxis;
  smoothing: number;
  /** Name of the channel by which the best moments were found, and those. */
  best: { name: string; moments: readonly Best[] };
}

/** One run's curves have the colours of datasets; those of several have colours of their own. */
function seriesOf(plan: Plan, run: Run, member: ChannelName, limit: number): Series {
  const channel = run.channels.get(member.name)!;
  const xs = xRecord(channel, plan.x);
  const points = downsample(pointsOf(xs, channel.valRecord, plan.smoothing), limit);
  const marked = plan.best.name === member.name && plan.best.moments.find((b) => b.run === run);
  return {
    ...(run.label === ''
      ? { label: member.dataset }
      : { label: run.label, dash: member.dataset || undefined }),
    points,
    ...(marked ? { best: { x: xs[marked.index], y: marked.value } } : {}),
  };
}

function panelsOf(plan: Plan): Panel[] {
  const { runs, groups } = plan;
  const present = groups.map(({ members }) =>
    runs.flatMap((run) =>
      members.filter(({ name }) => run.channels.has(name)).map((member) => ({ run, member })),
    ),
  );
  const limit = Math.floor(MAX_POINTS / Math.max(1, present.flat().length));
  return groups.map(({ quantity, members }, i) => ({
    // No legend tells of which dataset the only member is.
    title: members.length === 1 ? members[0].name : quantity,
    series: present[i].map(({ run, member }) => seriesOf(plan, run, member, limit)),
  }));
}

/** `lowest 0.0219 at 14 epochs`. */
function inWords({ run, index, value }: Best, { best, x }: Plan): string {
  const place = shortNumber(xRecord(run.channels.get(best.name)!, x)[index]);
  return `lowest ${Number(value.toPrecision(3))} at ${place} ${x}`;
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
 * @param recorded - A model that was trained, its monitor, or channels; several of them by name,
 * `{ plain: one, dropout: other }`, are drawn over each other.
 * @throws {@link NameError} for a channel that there is not, with the nearest name.
 */
export function learningCurves(
  recorded: Recorded | Readonly<Record<string, Recorded>>,
  options: LearningCurvesOptions = {},
): Chart {
  const { x = 'epochs', smoothing = 1, log = false, focus = true, size = [640, 200] } = options;
  const { title, notice, best: name = null, where = WHERE } = options;
  const runs = runsOf(where, recorded);
  const groups = choose(runs, options);
  const moments = name === null ? [] : bestOf(where, runs, name);
  const plan = { runs, groups, x, smoothing, best: { name: name ?? '', moments } };
  const words = moments.map((moment) => inWords(moment, plan));
  const best = runs.length === 1 ? words[0] : undefined;
  const lines = moments.map(({ run }, i) => `${run.label || name}: ${words[i]}`);
  return curvesChart(
    panelsOf(plan),
    { xTitle: x, size, log, focus, title, notice, best },
    [lastValues(groups, runs), ...lines].join('\n'),
  );
}
