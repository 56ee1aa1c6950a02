import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { gzipSync } from 'node:zlib';
import { fetchFiles, type FetchOptions } from '../../../src/datasets/mnist/fetch';
import { fetchFilesSync } from '../../../src/datasets/mnist/fetch_sync';
import { DataError } from '../../../src/utils/errors';
import { closedAddress, temporaryFolder } from '../../support/mnist';

const content = Buffer.from(Array.from({ length: 5000 }, (_, i) => (i * i) % 251));
const packed = gzipSync(content);
const sha256 = createHash('sha256').update(content).digest('hex');

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

/** Answers as a mirror does that can resume. */
const mirror: Answer = ({ headers, method }, response) => {
  const from = Number(/bytes=(\d+)-/.exec(headers.range ?? '')?.[1] ?? 0);
  if (from >= packed.length) return response.writeHead(416).end();
  const length = packed.length - from;
  response.writeHead(from > 0 ? 206 : 200, { 'content-length': length });
  response.end(method === 'HEAD' ? undefined : packed.subarray(from));
};

/** Breaks off in the middle of the first answer. */
function breaking(): Answer {
  let broken = false;
  return (request, response) => {
    if (broken || request.method === 'HEAD') return mirror(request, response);
    broken = true;
    response.writeHead(200, { 'content-length': packed.length });
    response.write(packed.subarray(0, 100), () => response.destroy());
  };
}

describe('datasets/mnist: fetching', () => {
  let place: ReturnType<typeof temporaryFolder>;
  const servers: Server[] = [];
  let requests: string[] = [];

  beforeEach(() => {
    place = temporaryFolder();
    requests = [];
  });

  afterEach(() => {
    place.remove();
    for (const server of servers.splice(0)) server.close().closeAllConnections();
  });

  async function serve(answer: Answer): Promise<string> {
    const server = createServer((request, response) => {
      requests.push(`${request.method} ${request.headers.range ?? 'all'}`);
      answer(request, response);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    servers.push(server);
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  }

  function options(...mirrors: string[]): FetchOptions {
    return { folder: place.folder, mirrors, checksums: { digits: sha256 } };
  }

  const fetched = () => readFileSync(join(place.folder, 'digits.gz'));
  const files = () => readdirSync(place.folder);

  it('gets a file whole, tells about it, and asks for nothing the second time', async () => {
    const lines: string[] = [];
    const wanted = options(await serve(mirror));
    await fetchFiles(wanted, (line) => lines.push(line));
    assert.deepEqual(fetched(), packed);
    assert.deepEqual(files(), ['digits.gz']);
    assert.match(lines[0], /^MNIST: digits: 0\.0 of 0\.0 MB$/);
    await fetchFiles(wanted, () => {});
    assert.deepEqual(requests, ['HEAD all', 'GET all']);
  });

  it('keeps what it got when the connection breaks, and goes on from there', async () => {
    const wanted = options(await serve(breaking()));
    await assert.rejects(
      fetchFiles(wanted, () => {}),
      (error) => error instanceof DataError && /digits could not be had/.test(error.message),
    );
    assert.deepEqual(files(), ['digits.gz.part']);
    await fetchFiles(wanted, () => {});
    assert.deepEqual(fetched(), packed);
    assert.equal(requests.at(-1), 'GET bytes=100-');
  });

  it('goes on with the next mirror when one breaks', async () => {
    const [bad, good] = [await serve(breaking()), await serve(mirror)];
    await fetchFiles(options(bad, good), () => {});
    assert.deepEqual(fetched(), packed);
  });

  it('begins anew when what was there before is not the beginning of the file', async () => {
    writeFileSync(join(place.folder, 'digits.gz.part'), Buffer.alloc(100));
    await fetchFiles(options(await serve(mirror)), () => {});
    assert.deepEqual(fetched(), packed);
    assert.deepEqual(requests, ['HEAD all', 'GET bytes=100-', 'GET all']);
  });

  it('begins anew when more was there than the file has', async () => {
    writeFileSync(join(place.folder, 'digits.gz.part'), Buffer.alloc(99_999));
    await fetchFiles(options(await serve(mirror)), () => {});
    assert.deepEqual(fetched(), packed);
  });

  it('takes a server at its word that sends all though asked for the rest', async () => {
    writeFileSync(join(place.folder, 'digits.gz.part'), packed.subarray(0, 50));
    const stubborn: Answer = (_, response) => response.end(packed);
    await fetchFiles(options(await serve(stubborn)), () => {});
    assert.deepEqual(fetched(), packed);
  });

  it('refuses another content and a damaged file, and keeps nothing of them', async () => {
    const other: Answer = (_, response) => response.end(gzipSync(Buffer.from('other')));
    const damaged: Answer = (_, response) => response.end(packed.subarray(0, 200));
    await assert.rejects(
      fetchFiles(options(await serve(other)), () => {}),
      /expected checksum/,
    );
    await assert.rejects(
      fetchFiles(options(await serve(damaged)), () => {}),
      /damaged gzip file/,
    );
    assert.deepEqual(files(), []);
  });

  it('says what each mirror answered when none has the files, at once', async () => {
    const none: Answer = (_, response) => response.writeHead(404).end();
    const started = Date.now();
    const wanted = options(await serve(none), await closedAddress(), 'nonsense/');
    await assert.rejects(
      fetchFiles(wanted, () => {}),
      (error) => {
        const { message } = error as Error;
        assert.match(message, /^no mirror answered \(/);
        assert.match(message, /127\.0\.0\.1:\d+: answered 404/);
        assert.match(message, /127\.0\.0\.1:\d+: ECONNREFUSED/);
        assert.match(message, /nonsense\/: /);
        return true;
      },
    );
    assert.ok(Date.now() - started < 4000);
    assert.deepEqual(files(), []);
  });

  it('gives up within five seconds on a server that does not answer', async () => {
    const started = Date.now();
    const silent = await serve(() => {});
    await assert.rejects(
      fetchFiles(options(silent), () => {}),
      /no mirror answered/,
    );
    assert.ok(Date.now() - started < 5500);
  });

  it('waits for another process to finish, not for a dead one', async () => {
    const lock = join(place.folder, 'download.lock');
    const wanted = options(await serve(mirror));
    writeFileSync(lock, '999999999');
    await fetchFiles(wanted, () => {});
    assert.deepEqual(files(), ['digits.gz']);
    // Process 1 lives as long as the machine; the file that it "downloads" appears meanwhile.
    const second = { ...wanted, checksums: { ...wanted.checksums, more: sha256 } };
    writeFileSync(lock, '1');
    const waiting = fetchFiles(second, () => {});
    await new Promise((resolve) => setTimeout(resolve, 300));
    assert.ok(!existsSync(join(place.folder, 'more.gz')));
    writeFileSync(join(place.folder, 'more.gz'), packed);
    writeFileSync(lock, '999999999');
    await waiting;
    assert.deepEqual(files().sort(), ['digits.gz', 'more.gz']);
  });

  it('refuses to wait for itself', async () => {
    writeFileSync(join(place.folder, 'download.lock'), String(process.pid));
    const wanted = options(await serve(mirror));
    await assert.rejects(
      fetchFiles(wanted, () => {}),
      /this process is downloading/,
    );
  });

  it('runs while a constructor waits, with its progress told', async () => {
    const script = `
      const { parentPort, workerData } = require('node:worker_threads');
      const server = require('node:http').createServer((_, response) => response.end(workerData));
      server.listen(0, '127.0.0.1', () => parentPort.postMessage(server.address().port));`;
    const server = new Worker(script, { eval: true, workerData: packed });
    try {
      const port = await new Promise((resolve) => server.once('message', resolve));
      const lines: string[] = [];
      fetchFilesSync(options(`http://127.0.0.1:${port}/`), (line) => lines.push(line));
      assert.deepEqual(fetched(), packed);
      assert.equal(lines.length, 1);
    } finally {
      await server.terminate();
    }
  });

  it('fails fast there too', async () => {
    const closed = options(await closedAddress());
    const started = Date.now();
    assert.throws(
      () => fetchFilesSync(closed, () => {}),
      (error) => error instanceof DataError && /no mirror .*ECONNREFUSED/.test(error.message),
    );
    assert.ok(Date.now() - started < 5000);
  });
});
