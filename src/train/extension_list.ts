/** @file The extensions of a training: calls their hooks in order, names those that fail. */
import type { Dataset } from '../datasets';
import type { Model } from '../models';
import type { TrainingAlgorithm } from '../training_algorithms';
import type { TrainExtension } from '../train_extensions';
import { Tslearn2Error } from '../utils/errors';
import { Logger } from '../utils/log';

const log = new Logger('train');

/** A hook of an extension threw; the original error is the cause. */
export class ExtensionError extends Tslearn2Error {
  constructor(extension: TrainExtension, hook: string, cause: unknown) {
    const message = cause instanceof Error ? cause.message : String(cause);
    super(`train.Train: extension ${extension.constructor.name} failed in ${hook}: ${message}`, {
      cause,
    });
  }
}

/** What the hooks are given. */
export type HookArguments = [model: Model, dataset: Dataset, algorithm: TrainingAlgorithm];

type Hook = 'setup' | 'onStart' | 'onMonitor' | 'onSave' | 'onEnd';

/** Calls hooks; each extension is set up once, before its other hooks are called. */
export class ExtensionList {
  private readonly ready = new Set<TrainExtension>();
  /** How many were asked, or are being asked, in the present round of {@link onMonitor}. */
  private asked?: number;

  constructor(readonly members: TrainExtension[]) {}

  add(extension: TrainExtension): void {
    this.members.push(extension);
  }

  /** Whether there is an extension of the very class of the given one. */
  hasLike(extension: TrainExtension): boolean {
    return this.members.some((member) => member.constructor === extension.constructor);
  }

  /** Sets up those that were not yet. */
  async setup(args: HookArguments): Promise<void> {
    for (const extension of this.members) {
      if (this.ready.has(extension)) continue;
      await call(extension, 'setup', args);
      this.ready.add(extension);
    }
  }

  /** Forgets that any was set up. */
  reset(): void {
    this.ready.clear();
  }

  async onStart(args: HookArguments): Promise<void> {
    for (const extension of this.members) await call(extension, 'onStart', args);
  }

  /** While extensions are asked after a monitoring: the number of the one whose turn is next. */
  get nextAsked(): number | undefined {
    return this.asked;
  }

  /**
   * Asks all after a monitoring. Returns whether any wants training to stop.
   * @param first - Number of the one to begin with.
   */
  async onMonitor(args: HookArguments, first = 0): Promise<boolean> {
    let halt = false;
    try {
      for (const [i, extension] of this.members.entries()) {
        if (i < first) continue;
        this.asked = i + 1;
        if ((await call(extension, 'onMonitor', args)) !== 'stop') continue;
        log.info('Extension requested training halt.');
        halt = true;
      }
    } finally {
      this.asked = undefined;
    }
    return halt;
  }

  async onSave(args: HookArguments): Promise<void> {
    for (const extension of this.members) await call(extension, 'onSave', args);
  }

  /** Tells those that were set up that the loop ends. Failures only warn: training is over. */
  async onEnd(args: HookArguments): Promise<void> {
    for (const extension of this.ready) {
      await call(extension, 'onEnd', args).catch((error: Error) => log.warn(error.message));
    }
  }
}

async function call(extension: TrainExtension, hook: Hook, args: HookArguments): Promise<unknown> {
  try {
    return await extension[hook](...args);
  } catch (error) {
    throw new ExtensionError(extension, hook, error);
  }
}
