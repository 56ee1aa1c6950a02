/** @file The shape of a script that the command line `tslearn2` offers. */
import type { Command } from 'commander';

/** One subcommand: each script module exports one, src/scripts/index.ts all as `commands`. */
export interface ScriptCommand {
  /** Its name on the command line, with hyphens: `print-monitor`. */
  name: string;
  /** Other names: Pylearn2's spelling, `print_monitor`. */
  aliases?: string[];
  /** One line for the list of commands. */
  summary: string;
  /**
   * Adds arguments, options and `.action(async ...)`. A failure is thrown: the command line prints
   * its message and ends with a status other than 0.
   */
  configure(command: Command): void;
}
