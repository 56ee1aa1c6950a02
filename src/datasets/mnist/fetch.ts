/** @file MNIST from a public mirror into the user's cache: checked, resumable, failing fast. */
import { mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { DataError } from '../../utils/errors';
import { download, reason } from './download';
import { cacheFolder, checksums, findFile } from './files';
import { withLock } from './lock';
import { verify } from './verify';

/** Which files to get, where from, where to. */
export interface FetchOptions {
  /** Where the files go. */
  folder: string;
  /** Addresses of folders with the files, each with `.gz` at its end. */
  mirrors: readonly string[];
  /** SHA-256 of what each file holds uncompressed, by its name without `.gz`. */
  checksums: Readonly<Record<string, string>>;
}

/** Is told, in a line each, how far a download is. */
export type Report = (line: string) => void;

export interface FetchMnistOptions extends Partial<FetchOptions> {
  report?: Report;
}

const publicMirrors = [
  'https://storage.googleapis.com/cvdf-datasets/mnist/',
  'https://ossci-datasets.s3.amazonaws.com/mnist/',
  'https://raw.githubusercontent.com/fgnt/mnist/master/',
  'https://systemds.apache.org/assets/datasets/mnist/',
];

/** Milliseconds that the mirrors have to give a first answer, all at once. */
const FIRST_ANSWER = 4000;
/** Milliseconds between two lines about one file. */
const REPORT_EVERY = 2000;

/** The mirrors of the environment, separated by commas, else public ones. */
function mirrorList(): string[] {
  const given = process.env.TSLEARN2_MNIST_MIRRORS?.split(',').map((url) => url.trim());
  const mirrors = given?.filter((url) => url !== '') ?? publicMirrors;
  return mirrors.map((url) => (url.endsWith('/') ? url : `${url}/`));
}

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : url;
}

/** The mirrors that have a file, the quickest first. */
async function answering(mirrors: readonly string[], name: string): Promise<string[]> {
  const signal = AbortSignal.timeout(FIRST_ANSWER);
  const answered: string[] = [];
  const failed: string[] = [];
  const knock = async (mirror: string) => {
    try {
      const response = await fetch(`${mirror}${name}.gz`, {
        method: 'HEAD',
        signal,
      });
      if (!response.ok) throw new DataError(`answered ${response.status}`);
      answered.push(mirror);
    } catch (error) {
      failed.push(`${hostOf(mirror)}: ${reason(error)}`);
    }
  };
  await Promise.all(mirrors.map(knock));
  if (answered.length === 0) throw new DataError(`no mirror answered (${failed.join('; ')})`);
  return answered;
}

function teller(name: string, report: Report) {
  let last = Date.now();
  const megabytes = (bytes: number) => (bytes / 1e6).toFixed(1);
  return (received: number, total: number) => {
    if (Date.now() - last < REPORT_EVERY && received !== total) return;
    last = Date.now();
    report(`MNIST: ${name}: ${megabytes(received)} of ${megabytes(total)} MB`);
  };
}

/** Gets one file from one mirror; a resumed download that turns out wrong is begun anew, once. */
async function fetchFrom(
  mirror: string,
  { folder, checksums }: FetchOptions,
  name: string,
  report: Report,
): Promise<void> {
  const part = join(folder, `${name}.gz.part`);
  const url = `${mirror}${name}.gz`;
  const resumed = await download({ url, part, progress: teller(name, report) });
  try {
    verify(part, checksums[name]);
  } catch (error) {
    rmSync(part, { force: true });
    if (!resumed) throw error;
    await download({ url, part, progress: teller(name, report) });
    verify(part, checksums[name]);
  }
  renameSync(part, join(folder, `${name}.gz`));
}

async function fetchFile(options: FetchOptions, name: string, report: Report): Promise<void> {
  const failed: string[] = [];
  for (const mirror of options.mirrors) {
    try {
      return await fetchFrom(mirror, options, name, report);
    } catch (error) {
      failed.push(`${hostOf(mirror)}: ${reason(error)}`);
    }
  }
  throw new DataError(`${name} could not be had (${failed.join('; ')})`);
}

/**
 * Downloads those files that are not there yet.
 * @throws {@link DataError} within some five seconds when there is no network.
 */
export async function fetchFiles(options: FetchOptions, report: Report): Promise<void> {
  const { folder, checksums } = options;
  const missing = () => Object.keys(checksums).filter((name) => !findFile(folder, name));
  if (missing().length === 0) return;
  const mirrors = await answering(options.mirrors, missing()[0]);
  mkdirSync(folder, { recursive: true });
  await withLock(join(folder, 'download.lock'), async () => {
    for (const name of missing()) await fetchFile({ ...options, mirrors }, name, report);
  });
}

/** MNIST's four files, from the mirrors of TSLEARN2_MNIST_MIRRORS or public ones, to the cache. */
export function mnistFiles(): FetchOptions {
  return { folder: cacheFolder(), mirrors: mirrorList(), checksums };
}

/**
 * Downloads MNIST before it is needed; what is there already is not downloaded again.
 * @returns The folder in which it is.
 * @throws {@link DataError} within some five seconds when there is no network.
 */
export async function fetchMnist({ report, ...options }: FetchMnistOptions = {}): Promise<string> {
  const files = { ...mnistFiles(), ...options };
  await fetchFiles(files, report ?? (() => {}));
  return files.folder;
}
