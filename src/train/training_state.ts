/**
 * @file Where a training stands: what is saved with the model, beside its parameters and records,
 * so that `resume` can go on from there. Pylearn2 saves nothing of the kind.
 */
import { processStream } from '../engine';
import type { Model } from '../models';
import type { TrainingAlgorithm } from '../training_algorithms';
import type { TrainExtension } from '../train_extensions';
import { StateError } from '../utils/errors';
import { Logger } from '../utils/log';
import type { ExtensionList } from './extension_list';

const log = new Logger('train');

/** What an object remembers, as plain data; null for one that remembers nothing. */
type Memory = Record<string, unknown> | null;

/** What the loop does next. */
export type Stage = 'setup' | 'first monitoring' | 'monitoring' | 'decide' | 'train';

/** Where the loop is. */
export interface Position {
  stage: Stage;
  /** Whether an extension has asked for the end. */
  haltRequested: boolean;
}

/** A training as plain data. */
export interface TrainingState extends Position {
  /** Name of the algorithm's class. */
  algorithm: string;
  /** Number of the extension to ask next, if the model was saved while they were asked. */
  nextAsked: number | null;
  criterion: Memory;
  /** By the names of their classes, in order. */
  extensions: [name: string, memory: Memory][];
  /** How far the draws without a seed are, e.g. of a layer of the user's own that drops units. */
  draws?: { drawn: number };
}

/** What a model is saved with: the state of the optimiser, and of the training around it. */
type Saved = Record<string, unknown> & { training?: TrainingState };

/** The members of a training that remember things. */
interface Parts {
  algorithm: TrainingAlgorithm & { setState?(state: Record<string, unknown>): void };
  extensions: ExtensionList;
}

/** From now on the model is saved with the state of this training. */
export function saveWithModel(model: Model, parts: Parts, position: () => Position): void {
  const { optimiserState } = model;
  model.optimiserState = () => ({ ...optimiserState?.(), training: stateOf(parts, position()) });
}

function stateOf({ algorithm, extensions }: Parts, position: Position): TrainingState {
  return {
    ...position,
    algorithm: algorithm.constructor.name,
    nextAsked: extensions.nextAsked ?? null,
    criterion: algorithm.terminationCriterion?.getState?.() ?? null,
    extensions: extensions.members.map((one) => [one.constructor.name, one.getState?.() ?? null]),
    draws: processStream.getState(),
  };
}

/**
 * What a model was saved with.
 * @throws {@link StateError} when there is nothing, or when another algorithm trained the model.
 */
export function savedTraining(model: Model, { algorithm }: Parts): Required<Saved> {
  const saved: Saved = model.optimiserState?.() ?? {};
  const { name } = algorithm.constructor;
  if (!saved.training) {
    throw new StateError('train.Train: nothing to resume: the model was not saved by a training.');
  }
  if (saved.training.algorithm === name) return saved as Required<Saved>;
  throw new StateError(
    `train.Train: cannot resume: ${saved.training.algorithm} trained the model, not ${name}.`,
  );
}

/** Gives all members back what they remembered, once they are set up. */
export function restoreTraining(
  { algorithm, extensions }: Parts,
  { training, ...optimiser }: Required<Saved>,
): void {
  algorithm.setState?.(optimiser);
  if (training.criterion) algorithm.terminationCriterion?.setState?.(training.criterion);
  if (training.draws) processStream.setState(training.draws);
  const left = [...training.extensions];
  for (const extension of extensions.members) restoreExtension(extension, left);
}

/** The second extension of a class gets what the second one of that name remembered. */
function restoreExtension(extension: TrainExtension, left: [string, Memory][]): void {
  const { name } = extension.constructor;
  const place = left.findIndex(([former]) => former === name);
  const memory = place < 0 ? null : left.splice(place, 1)[0][1];
  if (memory) extension.setState?.(memory);
  else if (extension.setState) log.warn(`resume: nothing was saved of ${name}: it begins anew.`);
}
