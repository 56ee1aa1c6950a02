/** @file Sends what is printed in this process to the cell that printed it. */
import { StringDecoder } from 'node:string_decoder';
import { currentCell } from './cell';

type Done = (error?: Error | null) => void;

function capture(name: 'stdout' | 'stderr'): void {
  const stream = process[name];
  const toTerminal = stream.write.bind(stream) as (chunk: string | Uint8Array) => boolean;
  const decoder = new StringDecoder('utf8');
  const write = (
    chunk: string | Uint8Array,
    encoding?: BufferEncoding | Done,
    callback?: Done,
  ): boolean => {
    const cell = currentCell();
    if (cell === undefined) return toTerminal(chunk);
    const text = typeof chunk === 'string' ? chunk : decoder.write(Buffer.from(chunk));
    if (text !== '') cell.stream(name, text);
    const done = typeof encoding === 'function' ? encoding : callback;
    if (done !== undefined) process.nextTick(done);
    return true;
  };
  stream.write = write as typeof stream.write;
}

/** From now on stdout and stderr go to the notebook; what native code writes does not. */
export function captureOutput(): void {
  capture('stdout');
  capture('stderr');
}
