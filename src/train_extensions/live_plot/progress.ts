/** @file The line that says how far training is. Plain data in, text and HTML out. */
import type { MimeBundle } from '../../utils/display';
import { barBundle, clock, count } from '../../utils/progress_bar';

/** How far training is. */
export interface ProgressState {
  /** Epochs and batches that the model was trained on, in all. */
  epochs: number;
  batches: number;
  /** Batches in the epoch that runs. */
  batchInEpoch: number;
  /** Batches of an epoch, when known. */
  batchesPerEpoch?: number;
  /** Epochs that are left at most, the running one among them, when the criterion knows. */
  epochsLeft?: number;
  /** How much of the monitoring that runs is done, in [0, 1]. */
  measured?: number;
  /** Seconds in this call of mainLoop, and what was done in them. */
  seconds: number;
  epochsDone: number;
  examplesDone: number;
  /** Whether this call of mainLoop is over. */
  ended: boolean;
}

/** How much of the running epoch is done, in [0, 1]; 0 when nobody knows. */
function fraction({ batchInEpoch, batchesPerEpoch }: ProgressState): number {
  return batchesPerEpoch ? Math.min(1, batchInEpoch / batchesPerEpoch) : 0;
}

/** Seconds until the end, when the criterion says how many epochs are left. */
export function secondsLeft(state: ProgressState): number | undefined {
  const { epochsLeft, seconds, epochsDone } = state;
  const done = epochsDone + fraction(state);
  if (epochsLeft === undefined || !Number.isFinite(epochsLeft) || done < 0.01) return undefined;
  return Math.max(0, epochsLeft - fraction(state)) * (seconds / done);
}

function place(state: ProgressState): string[] {
  const { epochs, batches, batchInEpoch, batchesPerEpoch, epochsLeft, measured, ended } = state;
  const under = batchesPerEpoch === undefined ? '' : ` of ${count(batchesPerEpoch)}`;
  if (ended) {
    const part = batchInEpoch > 0 ? [`batch ${count(batchInEpoch)}${under} of the next`] : [];
    return [
      `${count(epochs)} ${epochs === 1 ? 'epoch' : 'epochs'}`,
      ...part,
      `${count(batches)} batches`,
    ];
  }
  const all = Number.isFinite(epochsLeft ?? NaN) ? ` of ${count(epochs + epochsLeft!)}` : '';
  if (measured !== undefined) {
    const when = epochs === 0 ? 'before epoch 1' : `after epoch ${count(epochs)}`;
    return [`${when}${all}`, `monitoring ${Math.floor(100 * measured)} %`];
  }
  return [`epoch ${count(epochs + 1)}${all}`, `batch ${count(batchInEpoch)}${under}`];
}

/** One line. */
export function progressText(state: ProgressState): string {
  const { seconds, examplesDone, ended } = state;
  const left = ended ? undefined : secondsLeft(state);
  return [
    ...place(state),
    ...(seconds > 0 && examplesDone > 0 ? [`${count(examplesDone / seconds)} examples/s`] : []),
    clock(seconds),
    ...(left === undefined ? [] : [`about ${clock(left)} left`]),
  ].join(' · ');
}

/** How full the bar is: of all epochs when they are known, else of the running one. */
function filled(state: ProgressState): number {
  if (state.ended) return 1;
  const { epochsDone, epochsLeft } = state;
  if (epochsLeft === undefined || !Number.isFinite(epochsLeft)) return fraction(state);
  return (epochsDone + fraction(state)) / Math.max(1, epochsDone + epochsLeft);
}

/** The line with a bar above it while training runs. */
export function progressBundle(state: ProgressState): MimeBundle {
  return barBundle(progressText(state), state.ended ? undefined : filled(state));
}
