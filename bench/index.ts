/**
 * @file `npm run bench`: how fast training is, compiled beside eager, PyTorch and JAX; what it
 * costs in memory and at first; the kernel beside tslab and ipykernel. The sides take turns, so that what else the
 * machine does falls on all of them, and ratios are taken round by round.
 */
import { writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { Command, InvalidArgumentError } from 'commander';
import { shareData } from './data';
import { experiments } from './experiments';
import { kernel } from './kernel';
import { drawPicture } from './picture';
import type { Context, Result, Section } from './section';
import { compile } from './sections/compile';
import { growth } from './sections/growth';
import { limits } from './sections/limits';
import { live } from './sections/live';
import { memory } from './sections/memory';
import { summary } from './summary';
import { trainingSection } from './sections/training';

const sections: readonly Section[] = [
  limits,
  ...experiments.map(trainingSection),
  compile,
  growth,
  live,
  memory,
  kernel,
];

interface Options {
  python?: string;
  only?: string[];
  rounds: number;
  threads: number;
  quick?: true;
  out?: string;
  picture?: string | true;
}

function count(text: string): number {
  const value = Number(text);
  if (Number.isInteger(value) && value > 0) return value;
  throw new InvalidArgumentError('Expected a positive integer.');
}

function chosen(names: string[] | undefined): readonly Section[] {
  const known = sections.map(({ name }) => name);
  const unknown = names?.find((name) => !known.includes(name));
  if (unknown) throw new Error(`There is no \`${unknown}\`; there are ${known.join(', ')}.`);
  return sections.filter(({ name }) => names?.includes(name) ?? true);
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

function warn(text: string): void {
  process.stderr.write(`${text}\n`);
}

async function runAll(options: Options): Promise<Record<string, Result>> {
  const { python, only, rounds, threads, quick = false } = options;
  const wanted = chosen(only);
  const data = shareData();
  try {
    if (data.notice) say(data.notice);
    if (!python) say('PyTorch and JAX take part with --python PATH, a Python that has them.\n');
    const context: Context = { data: data.folder, python, rounds, threads, quick, warn };
    const results: Record<string, Result> = {};
    for (const { name, run } of wanted) {
      const result = (results[name] = await run(context));
      say(`## ${result.title}\n\n${result.text}\n`);
    }
    return results;
  } finally {
    data.remove();
  }
}

async function main(options: Options): Promise<void> {
  say(`${cpus()[0].model}, ${cpus().length} processors, Node ${process.version}\n`);
  const results = await runAll(options);
  const text = summary(results);
  if (text) say(`## Whole epochs: their time / ours\n\n${text}\n`);
  if (options.out) writeFileSync(options.out, `${JSON.stringify(results, null, 1)}\n`);
  const { picture } = options;
  if (picture) await drawPicture(results, picture === true ? 'docs/bench.svg' : picture);
}

const names = sections.map(({ name }) => name).join(' ');
const command = new Command('bench')
  .description('Measures training beside PyTorch and JAX, and the kernel beside others.')
  .option('--python <path>', 'a Python that has PyTorch, JAX or ipykernel')
  .option('--only <name...>', `some of: ${names}`)
  .option('--rounds <n>', 'how often everybody has a turn', count, 7)
  .option('--threads <n>', 'processors that each side may use', count, 2)
  .option('--quick', 'on few examples, to see that everything runs')
  .option('--out <file>', 'writes what was measured as JSON')
  .option('--picture [file]', 'draws the epochs; docs/bench.svg unless given')
  .action(main);

command.parseAsync().catch((error: Error) => {
  warn(error.message);
  process.exitCode = 1;
});
