/** @file Histograms by epoch that are kept with a model, and saved with it. */
import type { Model } from '../models';
import type { Ridge, RidgePanel } from '../plots';
import type { Spreads } from './spreads';

/** What the histograms are of. */
export type Kind = 'weights' | 'activations';

/** More are thinned out, so that long trainings stay small. */
const MOST = 64;
const TAG = 'histograms';

type Recorded = Partial<Record<Kind, Record<string, Ridge[]>>>;

function recordedOf(model: Model): Recorded {
  return (model.tag[TAG] ??= {}) as Recorded;
}

/** Leaves out every second but the first and the last. */
function thinned(ridges: Ridge[]): Ridge[] {
  return ridges.filter((_, i) => i % 2 === 0 || i === ridges.length - 1);
}

/** Keeps histograms of an epoch; those of the same epoch are replaced. */
export function remember(model: Model, kind: Kind, epoch: number, spreads: Spreads): void {
  const kept = (recordedOf(model)[kind] ??= {});
  for (const [name, histogram] of Object.entries(spreads)) {
    const ridges = [...(kept[name] ?? []).filter((r) => r.epoch !== epoch), { epoch, histogram }];
    kept[name] = ridges.length > MOST ? thinned(ridges) : ridges;
  }
}

/** What was kept of a model, and what is given as the histograms of now. */
export function panelsOf(model: Model, kind: Kind, now: Spreads): RidgePanel[] {
  const kept = (model.tag[TAG] as Recorded | undefined)?.[kind] ?? {};
  const epoch = model.monitor?.getEpochsSeen() ?? 0;
  const names = [...new Set([...Object.keys(kept), ...Object.keys(now)])];
  return names.map((title) => {
    const former = (kept[title] ?? []).filter((ridge) => !(title in now) || ridge.epoch !== epoch);
    return { title, ridges: title in now ? [...former, { epoch, histogram: now[title] }] : former };
  });
}
