/** @file The last values of a saved model's channels. Port of pylearn2/scripts/print_monitor.py. */
import { z } from 'zod';
import type { Monitor } from '../monitor';
import { Logger } from '../utils/log';
import { optionsOf, parseOptions } from '../utils/options';
import { float32Str, floatStr } from '../utils/python_format';
import type { ScriptCommand } from './command';
import { loadModel, monitorOf } from './load_model';

export interface PrintMonitorOptions {
  /** Paths of saved models. */
  files: string[];
}

const WHERE = 'scripts.print_monitor';
const schema = optionsOf<PrintMonitorOptions>()({ files: z.array(z.string().min(1)).min(1) });
const log = new Logger(WHERE);

function linesOf(monitor: Monitor): string[] {
  const all = [...monitor.channels.values()].filter(({ valRecord }) => valRecord.length > 0);
  const time = all.reduce((latest, { timeRecord }) => Math.max(latest, timeRecord.at(-1)!), 0);
  return [
    `epochs seen:  ${monitor.getEpochsSeen()}`,
    `time trained:  ${floatStr(time)}`,
    ...all
      .map((channel) => `${channel.name} : ${float32Str(channel.last())}`)
      .sort((a, b) => (a < b ? -1 : 1)),
  ];
}

/** Prints epochs, time and the last value of each channel, sorted by name, for each file. */
export function printMonitor(options: PrintMonitorOptions): void {
  const { files } = parseOptions(schema, options, WHERE);
  for (const file of files) {
    const model = loadModel(file, WHERE);
    const monitor = monitorOf(model, file, WHERE);
    if (files.length > 1) log.info(`${file}:`);
    for (const line of linesOf(monitor)) log.info(line);
    model.dispose();
  }
}

/** `tslearn2 print-monitor model.pkl`. */
export const command: ScriptCommand = {
  name: 'print-monitor',
  aliases: ['print_monitor'],
  summary: "print the last values of saved models' channels",
  configure(program): void {
    program
      .argument('<files...>', 'paths of saved models')
      .action((files: string[]) => printMonitor({ files }));
  },
};
