/**
 * @file Downloading while a constructor waits, since YAML makes its objects synchronously: the
 * download runs in a thread of its own, and its progress is told meanwhile.
 */
import { extname, join } from 'node:path';
import {
  MessageChannel,
  type MessagePort,
  receiveMessageOnPort,
  Worker,
} from 'node:worker_threads';
import { DataError } from '../../utils/errors';
import type { FetchOptions, Report } from './fetch';

/** What the thread tells. */
export type FetchMessage =
  | { kind: 'alive' }
  | { kind: 'progress'; line: string }
  | { kind: 'done' }
  | { kind: 'failed'; message: string };

/** Milliseconds without a word after which the thread is taken for dead. */
const SILENCE = 20_000;

function startThread(workerData: object, transferList: MessagePort[]): Worker {
  const extension = extname(__filename);
  // Tests run the sources, which the thread must be taught to read as well.
  const loader =
    extension === '.ts' ? `require(${JSON.stringify(require.resolve('tsx/cjs'))});` : '';
  const script = JSON.stringify(join(__dirname, `fetch_worker${extension}`));
  const worker = new Worker(`${loader}require(${script})`, {
    eval: true,
    workerData,
    transferList,
  });
  worker.unref();
  return worker;
}

/**
 * Downloads files and returns when they are there.
 * @throws {@link DataError} when they could not be had.
 */
export function fetchFilesSync(options: FetchOptions, report: Report): void {
  const bell = new Int32Array(new SharedArrayBuffer(4));
  const { port1, port2 } = new MessageChannel();
  const worker = startThread({ port: port2, bell, options }, [port2]);
  try {
    wait(port1, bell, report);
  } finally {
    port1.close();
    void worker.terminate();
  }
}

function wait(port: MessagePort, bell: Int32Array, report: Report): void {
  for (let heard = 0; ;) {
    if (Atomics.wait(bell, 0, heard, SILENCE) === 'timed-out') {
      throw new DataError('the download does not answer');
    }
    heard = Atomics.load(bell, 0);
    for (let next = take(port); next; next = take(port)) {
      if (next.kind === 'done') return;
      if (next.kind === 'failed') throw new DataError(next.message);
      if (next.kind === 'progress') report(next.line);
    }
  }
}

function take(port: MessagePort): FetchMessage | undefined {
  const received = receiveMessageOnPort(port);
  return received?.message as FetchMessage | undefined;
}
