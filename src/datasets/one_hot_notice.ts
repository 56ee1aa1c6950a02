/** @file What is said to files of before 2014, which ask data sets for one-hot targets. */
import type { z } from 'zod';
import { Logger } from '../utils/log';
import { flag } from '../utils/options';

const logger = new Logger('datasets');
const said = new Set<string>();

/** The zod type of the option `oneHot` of a data set, which has no effect and says so once. */
export function oneHotOption(dataset: string): z.ZodType<boolean, boolean | undefined> {
  return flag()
    .default(false)
    .transform((asked) => {
      if (asked && !said.has(dataset)) {
        logger.warn(
          `${dataset}: \`one_hot\` has no effect, as in Pylearn2 from 2014 on: the targets are ` +
            'labels, and a model that asks for one-hot targets gets them.',
        );
        said.add(dataset);
      }
      return asked;
    });
}
