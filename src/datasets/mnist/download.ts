/** @file One file over HTTP, going on where an earlier attempt ended. */
import { closeSync, openSync, rmSync, statSync, writeSync } from 'node:fs';
import { DataError } from '../../utils/errors';

/** Milliseconds without a byte after which a server is given up. */
const PATIENCE = 10_000;

export interface Download {
  url: string;
  /** Where the bytes go; what is there already is not asked for again. */
  part: string;
  /** Told after each piece: bytes there are now, bytes there will be (0 if unknown). */
  progress(received: number, total: number): void;
}

function sizeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
}

/** The end of a message about a request that failed. */
export function reason(error: unknown): string {
  const { message, cause } = error as Error & { cause?: { code?: string; message?: string } };
  return cause?.code ?? cause?.message ?? message;
}

async function request(url: string, from: number, signal: AbortSignal): Promise<Response> {
  const headers: Record<string, string> = { 'accept-encoding': 'identity' };
  if (from > 0) headers.range = `bytes=${from}-`;
  const response = await fetch(url, { headers, signal });
  if (response.ok && response.body) return response;
  await response.body?.cancel();
  throw new DataError(`the server answered ${response.status}`, {
    cause: { code: response.status },
  });
}

async function receive(download: Download, from: number): Promise<void> {
  const stalled = new AbortController();
  let timer = setTimeout(() => stalled.abort(), PATIENCE);
  try {
    const response = await request(download.url, from, stalled.signal);
    const start = response.status === 206 ? from : 0;
    const file = openSync(download.part, start > 0 ? 'a' : 'w');
    try {
      const length = Number(response.headers.get('content-length') ?? 0);
      let received = start;
      for await (const piece of response.body as unknown as AsyncIterable<Uint8Array>) {
        clearTimeout(timer);
        timer = setTimeout(() => stalled.abort(), PATIENCE);
        writeSync(file, piece);
        received += piece.length;
        download.progress(received, length && start + length);
      }
    } finally {
      closeSync(file);
    }
  } catch (error) {
    throw stalled.signal.aborted ? new DataError(`nothing came for ${PATIENCE / 1000} s`) : error;
  } finally {
    clearTimeout(timer);
  }
}

/**
 * Downloads a file into its part file.
 * @returns Whether it went on where an earlier attempt had ended.
 * @throws {@link DataError} or a network error; what was received stays for the next attempt.
 */
export async function download(wanted: Download): Promise<boolean> {
  const from = sizeOf(wanted.part);
  try {
    await receive(wanted, from);
    return from > 0;
  } catch (error) {
    // 416: the part is as long as the file, or longer.
    const beyond = from > 0 && (error as { cause?: { code?: unknown } }).cause?.code === 416;
    if (!beyond) throw error;
    rmSync(wanted.part);
    await receive(wanted, 0);
    return false;
  }
}
