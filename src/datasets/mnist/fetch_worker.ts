/** @file The thread in which a download runs while the thread that wants it waits. */
import { type MessagePort, workerData } from 'node:worker_threads';
import { fetchFiles, type FetchOptions } from './fetch';
import type { FetchMessage } from './fetch_sync';

const { port, bell, options } = workerData as {
  port: MessagePort;
  bell: Int32Array;
  options: FetchOptions;
};

function send(message: FetchMessage): void {
  port.postMessage(message);
  Atomics.add(bell, 0, 1);
  Atomics.notify(bell, 0);
}

const heartbeat = setInterval(() => send({ kind: 'alive' }), 1000);

fetchFiles(options, (line) => send({ kind: 'progress', line }))
  .then(
    () => send({ kind: 'done' }),
    (error: Error) => send({ kind: 'failed', message: error.message }),
  )
  .finally(() => clearInterval(heartbeat));
