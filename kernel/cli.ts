/**
 * @file The command line `tslearn2`: the scripts of src/scripts (train, print-monitor, ...) and the
 * kernel's own commands (install, uninstall, notebook, doctor), which the set-up does.
 */
import { Command, CommanderError, InvalidArgumentError } from 'commander';
import type { ScriptCommand } from '../src/scripts/command';
import { interrupt } from '../src/utils/interrupt';

/** Where a kernelspec goes; at most one is given, and none means the user's own Jupyter folder. */
export interface KernelPlace {
  prefix?: string;
  sysPrefix?: boolean;
  user?: boolean;
}

/** What is written of an executed notebook, and how it is run. */
export interface NotebookOptions {
  /** Path of the page. */
  html?: string;
  /** Path of the executed notebook. */
  to?: string;
  /** Seconds allowed to one cell. */
  timeout?: number;
  /** Name of the kernel, instead of the one that the notebook names. */
  kernel?: string;
}

/** What the set-up (kernel/setup, plain JavaScript) does for the command line. */
export interface SetupTools {
  /** The package's version. */
  version: string;
  doctor(): Promise<number>;
  installKernel(place: KernelPlace): string;
  uninstallKernel(place: KernelPlace): string;
  runNotebook(path: string, options: NotebookOptions): Promise<number>;
}

/** Where a command leaves its exit status. */
interface Outcome {
  status: number;
}

function positive(text: string): number {
  const value = Number(text);
  if (!(value > 0)) throw new InvalidArgumentError('It must be a number greater than 0.');
  return value;
}

function addPlaceOptions(command: Command): Command {
  return command
    .option('--user', "the user's own Jupyter folder (the default)")
    .option('--sys-prefix', 'the Python environment of the jupyter or python on PATH')
    .option('--prefix <folder>', 'below <folder>/share/jupyter');
}

function addKernelCommands(program: Command, tools: SetupTools): void {
  addPlaceOptions(
    program.command('install').summary('add the kernel to an existing Jupyter'),
  ).action((place: KernelPlace) => console.log(`wrote ${tools.installKernel(place)}`));
  addPlaceOptions(program.command('uninstall').summary('take the kernel out of a Jupyter')).action(
    (place: KernelPlace) => console.log(`removed ${tools.uninstallKernel(place)}`),
  );
}

function addNotebookCommand(program: Command, tools: SetupTools, outcome: Outcome): void {
  program
    .command('notebook')
    .summary('run a notebook headless and write what it shows')
    .argument('<input>', 'path of the notebook')
    .option('--html <file>', 'write a page whose plots and formulas show without JavaScript')
    .option('--to <file>', 'write the executed notebook')
    .option('--timeout <seconds>', 'longest time for one cell', positive)
    .option('--kernel <name>', 'another kernel than the one that the notebook names')
    .action(async (input: string, options: NotebookOptions) => {
      outcome.status = await tools.runNotebook(input, options);
    });
}

function addDoctorCommand(program: Command, tools: SetupTools, outcome: Outcome): void {
  program
    .command('doctor')
    .summary('tell what was found, and what to do about what was not')
    .action(async () => {
      outcome.status = await tools.doctor();
    });
}

function addScript(program: Command, script: ScriptCommand): void {
  const command = program.command(script.name).summary(script.summary).description(script.summary);
  for (const alias of script.aliases ?? []) command.alias(alias);
  script.configure(command);
}

function makeProgram(tools: SetupTools, outcome: Outcome): Command {
  const program = new Command('tslearn2')
    .description('Train neural networks from YAML, and look after the Jupyter kernel.')
    .version(tools.version)
    .option('--debug', 'show the stack of an error')
    .configureHelp({ showGlobalOptions: true })
    .exitOverride();
  addNotebookCommand(program, tools, outcome);
  addKernelCommands(program, tools);
  addDoctorCommand(program, tools, outcome);
  return program;
}

/** One clear message; the stack only when it was asked for. @returns The exit status. */
function report(error: unknown, debug: boolean): number {
  if (error instanceof CommanderError) return error.exitCode;
  const problem = error instanceof Error ? error : new Error(String(error));
  console.error(debug ? problem : `tslearn2: ${problem.message}`);
  const { advice } = problem as { advice?: string };
  if (advice !== undefined) console.error(`  What to do: ${advice}`);
  return 1;
}

/** Adds the scripts, whose modules load the whole library, unless a command of ours is asked for. */
async function addScripts(program: Command, args: readonly string[]): Promise<void> {
  const asked = args.find((arg) => !arg.startsWith('-'));
  if (program.commands.some((command) => command.name() === asked)) return;
  // By the library's main file: that is where names for YAML come from.
  const { pylearn2 } = await import('../src');
  for (const script of pylearn2.scripts.commands) addScript(program, script);
}

/**
 * Runs a command line. The first Ctrl-C stops training at a batch border, the second one the process.
 * @param args - Without node and the script.
 * @returns The exit status; not 0 on failure.
 */
export async function main(args: readonly string[], tools: SetupTools): Promise<number> {
  const stop = (): void => interrupt('stopped by Ctrl-C');
  const outcome: Outcome = { status: 0 };
  process.once('SIGINT', stop);
  // Whoever reads our output, `head` for example, may have had enough of it.
  process.stdout.on('error', ({ code }: NodeJS.ErrnoException) => {
    if (code === 'EPIPE') process.exit(0);
  });
  try {
    const program = makeProgram(tools, outcome);
    await addScripts(program, args);
    await program.parseAsync(args, { from: 'user' });
    return outcome.status;
  } catch (error) {
    return report(error, args.includes('--debug'));
  } finally {
    process.off('SIGINT', stop);
  }
}
