/** @file The kernels that are compared, each with the same cells in its own language. */
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { kernelCommand } from '../../test/support/kernel_client';

/** Ways for a cell to be busy when it is interrupted; each counts in `count`. */
export interface Shapes {
  synchronous: string;
  'synchronous after await': string;
  'loop of timers': string;
}

export interface KernelSide {
  name: string;
  /** The program and its arguments, but for the path of the connection file. */
  command: readonly string[];
  /** How its kernelspec says that it is interrupted. */
  interrupt: 'message' | 'signal';
  value: string;
  declare(i: number): string;
  print: string;
  /** To be completed at its end. */
  incomplete: string;
  shapes: Shapes;
}

/** Lines that are printed in one loop. */
export const LINES = 50_000;

const root = path.resolve(__dirname, '../..');
const SLEEP = 'await new Promise((resolve) => setTimeout(resolve, 10));';

const typescript = {
  value: '1 + 1',
  declare: (i: number) => `const v${i} = ${i};`,
  print: `for (let i = 0; i < ${LINES}; i++) console.log(i);`,
  incomplete: 'Math.flo',
  shapes: {
    synchronous: 'const kept = 7; let count = 0; while (true) count++;',
    'synchronous after await': `const kept = 7; let count = 0; ${SLEEP} while (true) count++;`,
    'loop of timers': `const kept = 7; let count = 0; for (;;) { count++; ${SLEEP} }`,
  },
};

const python = {
  value: '1 + 1',
  declare: (i: number) => `v${i} = ${i}`,
  print: `for i in range(${LINES}): print(i)`,
  incomplete: 'import math; math.flo',
  shapes: {
    synchronous: 'kept = 7; count = 0\nwhile True: count += 1',
    'synchronous after await':
      'import asyncio; kept = 7; count = 0\nawait asyncio.sleep(.01)\nwhile True: count += 1',
    'loop of timers':
      'import asyncio; kept = 7; count = 0\nwhile True:\n  count += 1\n  await asyncio.sleep(.01)',
  },
};

function hasKernel(program: string): boolean {
  try {
    execFileSync(program, ['-c', 'import ipykernel'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/** The kernels that can take part, ours first; ipykernel if that Python, or the clone's own, has it. */
export function kernelSides(program?: string): KernelSide[] {
  const tslab = [process.execPath, require.resolve('tslab/bin/tslab'), 'kernel', '--config-path'];
  const sides: KernelSide[] = [
    { name: 'tslearn2', command: kernelCommand(), interrupt: 'message', ...typescript },
    { name: 'tslab', command: tslab, interrupt: 'signal', ...typescript },
  ];
  const own = path.join(root, '.venv/bin/python');
  const found = [program, own].find(
    (one) => one !== undefined && existsSync(one) && hasKernel(one),
  );
  if (found === undefined) return sides;
  const command = [found, '-m', 'ipykernel_launcher', '--log-level=40', '-f'];
  return [...sides, { name: 'ipykernel', command, interrupt: 'signal', ...python }];
}
