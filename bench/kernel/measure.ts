/** @file One kernel measured from its start to its end. */
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { KernelClient } from '../../test/support/kernel_client';
import { median } from '../statistics';
import { LINES, type KernelSide } from './sides';

/** What came of an interrupt. */
export interface Stop {
  /** Milliseconds to the reply; undefined if there was none. */
  ms: number | undefined;
  namesKept: boolean;
  loopStopped: boolean;
}

export interface Measured {
  /** Milliseconds and megabytes, by what was measured. */
  numbers: Record<string, number>;
  /** Lines that arrived of those that were printed. */
  lines: number;
  stops: Record<string, Stop>;
}

const [CELLS, DECLARATIONS, COMPLETIONS] = [20, 60, 10];
/** Started by a client and not from a terminal, ipykernel says nothing of how to quit it. */
const ENVIRONMENT = { JPY_PARENT_PID: String(process.pid) };
/** Longest wait for the end of output, for the end of a stopped cell, and for things to settle. */
const [OUTPUT_MS, STOP_MS, REST_MS] = [8000, 3000, 1500];

function residentMB({ process: { pid } }: KernelClient): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1024;
}

async function timed(task: () => Promise<unknown>): Promise<number> {
  const begin = performance.now();
  await task();
  return performance.now() - begin;
}

async function medianOf(count: number, task: () => Promise<unknown>): Promise<number> {
  const times: number[] = [];
  for (let i = 0; i < count; i++) times.push(await timed(task));
  return median(times);
}

function execute(kernel: KernelClient, code: string): Promise<unknown> {
  return kernel.request('execute_request', { code, silent: false, store_history: true });
}

async function end(kernel: KernelClient): Promise<void> {
  kernel.process.kill('SIGKILL');
  if (kernel.process.signalCode === null) await once(kernel.process, 'exit');
  await kernel.stop();
}

/** How many lines of a cell's output arrive, and in what time; not all may, nor the word that it is over. */
async function printed(kernel: KernelClient, side: KernelSide): Promise<[number, number]> {
  const begin = performance.now();
  const { id, done } = kernel.start(side.print);
  const over = done.then(() => performance.now() - begin);
  over.catch(() => undefined);
  const ms = (await Promise.race([over, sleep(OUTPUT_MS)])) ?? Infinity;
  const text = kernel.of(id).map(({ content }) => content.text ?? '');
  return [text.join('').split('\n').length - 1, ms];
}

/** What a cell shows, as a result or as printed text. */
async function shown(kernel: KernelClient, code: string): Promise<string> {
  const { result, stdout } = await kernel.run(code);
  return String(result?.['text/plain'] ?? stdout).trim();
}

async function stopped(side: KernelSide, shape: string): Promise<Stop> {
  const kernel = await KernelClient.start(ENVIRONMENT, side.command);
  try {
    await execute(kernel, side.value);
    const { done } = kernel.start(shape);
    const over = done.then(() => true);
    over.catch(() => undefined);
    await sleep(300);
    const begin = performance.now();
    if (side.interrupt === 'signal') kernel.process.kill('SIGINT');
    else void kernel.request('interrupt_request', {}, 'control');
    const inTime = (await Promise.race([over, sleep(STOP_MS)])) === true;
    if (!inTime) return { ms: undefined, namesKept: false, loopStopped: false };
    const ms = performance.now() - begin;
    const namesKept = (await shown(kernel, 'kept')) === '7';
    const before = await shown(kernel, 'count');
    await sleep(200);
    const loopStopped = namesKept && before === (await shown(kernel, 'count'));
    return { ms, namesKept, loopStopped };
  } finally {
    await end(kernel);
  }
}

/** Measures everything once. */
export async function measure(side: KernelSide): Promise<Measured> {
  const begin = performance.now();
  const kernel = await KernelClient.start(ENVIRONMENT, side.command);
  const numbers: Record<string, number> = {
    'start to first reply, ms': kernel.answered - begin,
    'start to ready, ms': performance.now() - begin,
  };
  const note = async (name: string, count: number, task: () => Promise<unknown>): Promise<void> => {
    numbers[name] = await medianOf(count, task);
  };
  const value = (): Promise<unknown> => execute(kernel, side.value);
  await value();
  numbers['start to first value, ms'] = performance.now() - begin;
  await sleep(REST_MS);
  numbers['memory at rest, MB'] = residentMB(kernel);
  await note('`1 + 1`, ms', CELLS, value);
  for (let i = 0; i < DECLARATIONS; i++) await execute(kernel, side.declare(i));
  await note('`1 + 1` after 60 declaring cells, ms', CELLS, value);
  const request = { code: side.incomplete, cursor_pos: side.incomplete.length };
  await note('completion, ms', COMPLETIONS, () => kernel.request('complete_request', request));
  numbers['memory after 60 cells, MB'] = residentMB(kernel);
  const [lines, ms] = await printed(kernel, side);
  if (lines === LINES) numbers[`${LINES} lines, ms`] = ms;
  await end(kernel);
  const stops: Measured['stops'] = {};
  for (const [name, shape] of Object.entries(side.shapes)) {
    stops[name] = await stopped(side, shape);
  }
  return { numbers, lines, stops };
}
