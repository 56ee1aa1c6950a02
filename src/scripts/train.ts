/**
 * @file Runs an experiment. Port of pylearn2/scripts/train.py. Differs: an interrupt ends training
 * at a batch border and saves; no --level-name, which had no effect.
 */
import { type Command, CommanderError, InvalidArgumentError } from 'commander';
import { z } from 'zod';
import { type StopReason, Train } from '../train';
import { show, Tslearn2Error } from '../utils/errors';
import { consoleSink, Logger, type LogSink, setLogSink } from '../utils/log';
import { flag, optionsOf, parseOptions } from '../utils/options';
import type { ScriptCommand } from './command';
import { loadTrainFile } from './load_train_file';

export interface TrainScriptOptions {
  /** Path of the YAML file: a Train, or a list of them to run one after the other. */
  config: string;
  /** Seconds after which no further epoch is begun, for each Train; null for no limit. */
  timeBudget?: number | null;
  /** Lines with time, module and level; also those that are usually left out. */
  verboseLogging?: boolean;
  /** The time before each line. */
  timestamp?: boolean;
}

const schema = optionsOf<TrainScriptOptions>()({
  config: z.string().min(1),
  timeBudget: z.number().nonnegative().nullable().default(null),
  verboseLogging: flag().default(false),
  timestamp: flag().default(false),
});

/** Exit status of a command that a Ctrl-C ended. */
const INTERRUPTED = 130;
const log = new Logger('scripts.train');

function timed(sink: LogSink): LogSink {
  return (level, where, text) => sink(level, where, `${new Date().toISOString()} ${text}`);
}

const verboseSink: LogSink = (level, where, text) => {
  process.stdout.write(`${new Date().toISOString()} ${where} ${level.toUpperCase()} ${text}\n`);
};

function trainings(config: string): Train[] {
  const loaded = loadTrainFile(config);
  const all: unknown[] = Array.isArray(loaded) ? loaded : [loaded];
  for (const each of all) {
    if (each instanceof Train) continue;
    throw new Tslearn2Error(
      `scripts.train: expected ${config} to be a Train or a list of them, received ${show(each)}.`,
    );
  }
  return all as Train[];
}

async function runPhases(trains: readonly Train[], timeBudget: number | null): Promise<StopReason> {
  let reason: StopReason = 'criterion';
  for (const [i, train] of trains.entries()) {
    process.env.PYLEARN2_TRAIN_PHASE = trains.length > 1 ? `phase${i + 1}` : '';
    reason = await train.mainLoop({ timeBudget });
    if (reason === 'interrupted') {
      await train.save();
      if (train.savePath !== null) log.info(`What was trained so far is in ${train.savePath}.`);
      break;
    }
    train.dispose();
  }
  return reason;
}

/**
 * Runs the experiment in a YAML file to its end.
 * @returns Why it ended; of a list of Trains, the last one that ran.
 * @throws YamlError with the place, and whatever training throws.
 */
export async function train(options: TrainScriptOptions): Promise<StopReason> {
  const { config, timeBudget, verboseLogging, timestamp } = parseOptions(
    schema,
    options,
    'scripts.train',
  );
  const sink = verboseLogging ? verboseSink : timestamp ? timed(consoleSink) : undefined;
  const former = sink && setLogSink(sink);
  try {
    return await runPhases(trainings(config), timeBudget);
  } finally {
    if (former) setLogSink(former);
  }
}

function seconds(text: string): number {
  const value = Number(text);
  if (!(value >= 0)) throw new InvalidArgumentError('It must be a number of seconds.');
  return value;
}

interface Flags {
  timeBudget?: number;
  verboseLogging?: boolean;
  timestamp?: boolean;
}

/** `tslearn2 train experiment.yaml`. */
export const command: ScriptCommand = {
  name: 'train',
  summary: 'run an experiment that is written in YAML',
  configure(program: Command): void {
    program
      .argument('<config>', 'path of the YAML file')
      .option('-t, --time-budget <seconds>', 'begin no further epoch after so long', seconds)
      .option('-T, --timestamp', 'print the time before each line')
      .option('-V, --verbose-logging', 'print time, module and level of each line')
      .option('-D, --debug', 'show the stack of an error')
      .action(async (config: string, { timeBudget, verboseLogging, timestamp }: Flags) => {
        const reason = await train({ config, timeBudget, verboseLogging, timestamp });
        if (reason !== 'interrupted') return;
        throw new CommanderError(INTERRUPTED, 'tslearn2.interrupted', 'interrupted');
      });
  },
};
