/** @file How a training that has not begun shows itself. */
import { summaryBundle } from '../gui';
import { displaySymbol, type MimeBundle } from '../utils/display';

/** What shows itself, as models and datasets do. */
interface Shown {
  [displaySymbol](): MimeBundle | Promise<MimeBundle>;
}

/** The parts of a training. */
export interface TrainingParts {
  readonly dataset: Shown;
  readonly model: Shown;
  readonly algorithm: { readonly terminationCriterion: object | null };
  readonly extensions: readonly object[];
  readonly savePath: string | null;
}

const classOf = (part: object): string => part.constructor.name;

/** The first line of what a part says of itself, without the name of its class. */
async function inBrief(part: Shown): Promise<string> {
  const text = String((await part[displaySymbol]())['text/plain'] ?? '');
  const [line] = text.split('\n');
  const name = classOf(part);
  if (!line.startsWith(name)) return line;
  const said = line.slice(name.length);
  return /^\((.*)\)$/.exec(said)?.[1] ?? said.replace(/^: */, '');
}

/**
 * A table of the parts.
 * @param text - The line above it.
 */
export async function trainingBundle(text: string, parts: TrainingParts): Promise<MimeBundle> {
  const { dataset, model, algorithm, extensions, savePath } = parts;
  const { terminationCriterion: criterion } = algorithm;
  const table = [
    ['part', 'class', ''],
    ['dataset', classOf(dataset), await inBrief(dataset)],
    ['model', classOf(model), await inBrief(model)],
    ['algorithm', classOf(algorithm), ''],
    ...(criterion === null ? [] : [['termination criterion', classOf(criterion), '']]),
    ...extensions.map((extension) => ['extension', classOf(extension), '']),
    ...(savePath === null ? [] : [['saved to', '', savePath]]),
  ];
  return summaryBundle({ text, table });
}
