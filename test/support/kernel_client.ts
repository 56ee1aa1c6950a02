/**
 * @file A small Jupyter client: starts the compiled kernel on ports of its own and speaks with it
 * over ZeroMQ, as a notebook does.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Dealer, Subscriber } from 'zeromq';
import {
  frameMessage,
  parseMessage,
  type ConnectionInfo,
  type Content,
  type WireMessage,
} from '../../kernel/io';

const KERNELSPEC = path.resolve(
  __dirname,
  '../../.venv/share/jupyter/kernels/tslearn2/kernel.json',
);

/** How Jupyter starts the kernel, but for the connection file. */
export function kernelCommand(): string[] {
  const { argv } = JSON.parse(readFileSync(KERNELSPEC, 'utf8')) as { argv: string[] };
  return argv.slice(0, -1);
}

const PATIENCE_MS = 20_000;

/** What came of a cell. */
export interface CellResult {
  /** Everything that the cell published, in order. */
  messages: WireMessage[];
  reply: Content;
  stdout: string;
  stderr: string;
  /** The bundle of the cell's value, if it had one. */
  result: Content | undefined;
  /** The `error` that the cell published, if any. */
  error: { ename: string; evalue: string; traceback: string[] } | undefined;
  displays: Content[];
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

async function makeConnection(): Promise<ConnectionInfo> {
  const [shell_port, control_port, iopub_port, stdin_port, hb_port] = await Promise.all(
    Array.from({ length: 5 }, freePort),
  );
  return {
    ...{ shell_port, control_port, iopub_port, stdin_port, hb_port },
    ...{ transport: 'tcp', ip: '127.0.0.1', key: randomUUID() },
    ...{ signature_scheme: 'hmac-sha256', kernel_name: 'tslearn2' },
  };
}

/** Text without the codes of terminal colours. */
export function plain(text: string): string {
  return text.replace(/\u001b\[\d+m/g, '');
}

function gather(messages: WireMessage[], reply: Content): CellResult {
  const contents = (type: string): Content[] =>
    messages.filter(({ header }) => header.msg_type === type).map(({ content }) => content);
  const text = (name: string): string =>
    contents('stream')
      .filter((content) => content.name === name)
      .map((content) => content.text)
      .join('');
  const [result] = contents('execute_result');
  const [error] = contents('error');
  return {
    messages,
    reply,
    stdout: text('stdout'),
    stderr: text('stderr'),
    result: result?.data as Content | undefined,
    error: error as CellResult['error'],
    displays: contents('display_data'),
  };
}

/** The id in the header of a message that goes out. */
function idOf(frames: readonly Uint8Array[]): string {
  return (JSON.parse(Buffer.from(frames[2]).toString()) as { msg_id: string }).msg_id;
}

export class KernelClient {
  /** Everything published since the start. */
  readonly published: WireMessage[] = [];
  /** When the first reply came, in the terms of `performance.now()`. */
  answered = 0;
  /** The sessions that the kernel has named as its own. */
  readonly sessions = new Set<string>();
  /** Everything asked since the start. */
  readonly questions: Content[] = [];
  private readonly waiting = new Map<string, (reply: WireMessage) => void>();
  private readonly watchers = new Set<() => void>();

  private constructor(
    readonly connection: ConnectionInfo,
    readonly process: ChildProcess,
    /** Where the kernel runs; empty at first. */
    readonly folder: string,
    private readonly shell: Dealer,
    private readonly control: Dealer,
    private readonly stdin: Dealer,
    private readonly iopub: Subscriber,
  ) {}

  /**
   * Starts a kernel in an empty folder and waits until it answers.
   * @param command - The program and its arguments, before the path of the connection file.
   */
  static async start(
    env: NodeJS.ProcessEnv = {},
    [program, ...args]: readonly string[] = kernelCommand(),
  ): Promise<KernelClient> {
    const folder = mkdtempSync(path.join(tmpdir(), 'tslearn2-kernel-'));
    const connection = await makeConnection();
    const file = path.join(folder, 'connection.json');
    writeFileSync(file, JSON.stringify(connection));
    const child = spawn(program, [...args, file], {
      cwd: folder,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'inherit', 'inherit'],
    });
    // The kernel finds whom to ask by the name that shell and stdin have in common.
    const routingId = randomUUID();
    const [shell, stdin] = [new Dealer({ routingId }), new Dealer({ routingId })];
    const [control, iopub] = [new Dealer(), new Subscriber()];
    const address = (port: number): string => `tcp://127.0.0.1:${port}`;
    shell.connect(address(connection.shell_port));
    control.connect(address(connection.control_port));
    stdin.connect(address(connection.stdin_port));
    iopub.connect(address(connection.iopub_port));
    iopub.subscribe();
    const client = new KernelClient(connection, child, folder, shell, control, stdin, iopub);
    void client.listen(shell);
    void client.listen(control);
    void client.hearQuestions();
    void client.watch();
    await client.ready();
    return client;
  }

  /** Sends a request and gives the content of its reply. */
  async request(type: string, content: Content, channel: 'shell' | 'control' = 'shell') {
    const { reply } = this.send(type, content, channel);
    return (await reply).content;
  }

  /** Starts to run a cell: its id and what will come of it. */
  start(code: string, options: Content = {}): { id: string; done: Promise<CellResult> } {
    const content = { code, silent: false, store_history: true, user_expressions: {}, ...options };
    const { id, reply } = this.send('execute_request', content, 'shell');
    const finish = async (): Promise<CellResult> => {
      const answered = await reply;
      await this.until(() =>
        this.of(id).some(({ content: { execution_state } }) => execution_state === 'idle'),
      );
      return gather(this.of(id), answered.content);
    };
    return { id, done: finish() };
  }

  /** Runs a cell to its end. */
  run(code: string, options: Content = {}): Promise<CellResult> {
    return this.start(code, options).done;
  }

  /** What was published on behalf of a request. */
  of(id: string): WireMessage[] {
    return this.published.filter(({ parent }) => parent.msg_id === id);
  }

  /** Resolves when something published makes `condition` true. */
  until(condition: () => boolean): Promise<void> {
    return new Promise((resolve, reject) => {
      const fail = (): void => {
        this.watchers.delete(look);
        reject(new Error(`The kernel did not do in ${PATIENCE_MS} ms: ${condition}`));
      };
      const timer = setTimeout(fail, PATIENCE_MS);
      const look = (): void => {
        if (!condition()) return;
        clearTimeout(timer);
        this.watchers.delete(look);
        resolve();
      };
      this.watchers.add(look);
      look();
    });
  }

  /** Sends frames as they are. */
  async sendRaw(frames: (string | Uint8Array)[]): Promise<void> {
    await this.shell.send(frames);
  }

  /** Answers what the kernel asks. */
  answer(value: string): void {
    void this.stdin.send(this.frames('input_reply', { value }));
  }

  /** Sends what gets no reply. @returns The message's id. */
  tell(type: string, content: Content): string {
    const frames = this.frames(type, content);
    void this.shell.send(frames);
    return idOf(frames);
  }

  /** Sends a request of a type that no kernel knows. */
  async sendUnknown(): Promise<void> {
    await this.shell.send(this.frames('unheard_request', {}));
  }

  /** Ends the kernel and waits until its process is gone. */
  async stop(): Promise<void> {
    if (this.process.exitCode === null && this.process.signalCode === null) {
      const gone = once(this.process, 'exit');
      this.send('shutdown_request', { restart: false }, 'control');
      await gone;
    }
    this.shell.close();
    this.control.close();
    this.stdin.close();
    this.iopub.close();
    rmSync(this.folder, { recursive: true });
  }

  private async ready(): Promise<void> {
    await this.request('kernel_info_request', {});
    this.answered = performance.now();
    // The subscription takes a moment of its own to reach the kernel.
    while (this.published.length === 0) {
      await this.request('kernel_info_request', {});
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  private send(type: string, content: Content, channel: 'shell' | 'control') {
    const frames = this.frames(type, content);
    const id = idOf(frames);
    const reply = new Promise<WireMessage>((resolve, reject) => {
      const fail = (): void => reject(new Error(`No reply to ${type} in ${PATIENCE_MS} ms.`));
      const timer = setTimeout(fail, PATIENCE_MS);
      this.waiting.set(id, (message) => {
        clearTimeout(timer);
        resolve(message);
      });
    });
    reply.catch(() => undefined);
    const socket = channel === 'shell' ? this.shell : this.control;
    void socket.send(frames);
    return { id, reply };
  }

  private frames(type: string, content: Content): Uint8Array[] {
    return frameMessage(this.connection.key, { identities: [], type, parent: {}, content });
  }

  private read(frames: Uint8Array[]): WireMessage {
    const message = parseMessage(this.connection.key, frames);
    this.sessions.add(message.header.session);
    return message;
  }

  private async hearQuestions(): Promise<void> {
    for await (const frames of this.stdin) {
      this.questions.push(this.read(frames).content);
      for (const look of [...this.watchers]) look();
    }
  }

  private async listen(socket: Dealer): Promise<void> {
    for await (const frames of socket) {
      const message = this.read(frames);
      this.waiting.get(String(message.parent.msg_id))?.(message);
    }
  }

  private async watch(): Promise<void> {
    for await (const frames of this.iopub) {
      this.published.push(this.read(frames));
      for (const look of [...this.watchers]) look();
    }
  }
}
