/**
 * @file The I/O thread: owns the five sockets, checks signatures, answers at once what needs no
 * cell (kernel_info, heartbeat, interrupt, shutdown), passes the rest to the main thread and sends
 * what that gives back. A message that is malformed, wrongly signed or huge is dropped.
 */
import { parentPort, Worker, workerData } from 'node:worker_threads';
import { Publisher, Reply, Router } from 'zeromq';
import { InterruptLadder } from './ladder';
import { Slot, type Channel, type FromIo, type IoData, type Question, type ToIo } from './link';
import { Outbox } from './outbox';
import { frameMessage, parseMessage, type Content, type Header, type WireMessage } from './wire';

const { connection, kernelInfo, shared: memory } = workerData as IoData;
const shared = new Int32Array(memory);
const main = parentPort as NonNullable<typeof parentPort>;
const tell = (message: FromIo): void => main.postMessage(message);

/** How long the main thread may take to end by itself after a shutdown request. */
const FAREWELL_MS = 1500;

/** Bytes of a message beyond which it is dropped. */
const LARGEST = 64 * 1024 * 1024;

/** A client that comes back under its former name takes the place of the former connection. */
const handover = true;
const routers: Record<Channel, Router> = {
  shell: new Router({ handover }),
  control: new Router({ handover }),
  stdin: new Router({ handover }),
};
const iopub = new Publisher({ sendHighWaterMark: 0, linger: 1000 });
const heartbeat = new Reply();
const outbox = new Outbox(connection.key, iopub);
const ladder = new InterruptLadder(shared, tell);
let running: Header | undefined;

function reply(channel: Channel, request: WireMessage, content: Content): void {
  const type = request.header.msg_type.replace(/_request$/, '_reply');
  const { identities, header: parent } = request;
  const frames = frameMessage(connection.key, { identities, type, parent, content });
  outbox.send(routers[channel], frames);
}

function publishStatus(parent: Header | Record<string, never>, execution_state: string): void {
  outbox.publish({ type: 'status', parent, content: { execution_state } });
}

function ask({ identities, parent, prompt, password }: Question): void {
  const message = { identities, type: 'input_request', parent, content: { prompt, password } };
  outbox.send(routers.stdin, frameMessage(connection.key, message));
}

/** Answers here and now; the status of a cell that runs meanwhile is put back afterwards. */
function answer(channel: Channel, request: WireMessage, content: Content): void {
  publishStatus(request.header, 'busy');
  reply(channel, request, content);
  publishStatus(request.header, 'idle');
  if (running !== undefined) publishStatus(running, 'busy');
}

function shutDown(channel: Channel, request: WireMessage): void {
  answer(channel, request, { status: 'ok', restart: request.content.restart === true });
  tell({ kind: 'shutdown' });
  // The main thread may be stuck in a cell; then nothing but a signal ends the process.
  setTimeout(() => process.kill(process.pid, 'SIGKILL'), FAREWELL_MS);
}

function receive(channel: Channel, frames: Uint8Array[]): void {
  if (frames.reduce((sum, { length }) => sum + length, 0) > LARGEST) return;
  let request: WireMessage;
  try {
    request = parseMessage(connection.key, frames);
  } catch {
    return;
  }
  const type = request.header.msg_type;
  if (type === 'kernel_info_request') {
    answer(channel, request, kernelInfo);
  } else if (type === 'interrupt_request') {
    void ladder.interrupt();
    answer(channel, request, { status: 'ok' });
  } else if (type === 'shutdown_request') {
    shutDown(channel, request);
  } else if (type === 'input_reply') {
    tell({ kind: 'answer', value: String(request.content.value) });
  } else {
    tell({ kind: 'request', channel, type, frames });
  }
}

async function close(): Promise<void> {
  ladder.close();
  await outbox.drained();
  for (const socket of [...Object.values(routers), iopub, heartbeat]) {
    socket.linger = 1000;
    socket.close();
  }
  Atomics.store(shared, Slot.closed, 1);
  Atomics.notify(shared, Slot.closed);
}

main.on('message', (message: ToIo) => {
  if (message.kind === 'stream') outbox.stream(message.parent, message.name, message.text);
  else if (message.kind === 'reply') outbox.send(routers[message.channel], message.frames);
  else if (message.kind === 'running') running = message.parent;
  else if (message.kind === 'ask') ask(message.question);
  else if (message.kind === 'close') void close();
  else outbox.publish(message.message);
});

async function listen(channel: Channel): Promise<void> {
  for await (const frames of routers[channel]) receive(channel, frames);
}

async function beat(): Promise<void> {
  for await (const frames of heartbeat) await heartbeat.send(frames);
}

/** Signals are interrupts too; their own thread hears them while the main thread is busy. */
function hearSignals(): void {
  const signals = new Worker(require.resolve('./signals'), { workerData: memory });
  signals.on('message', () => void ladder.interrupt());
  signals.unref();
}

async function open(): Promise<void> {
  const address = (port: number): string => `${connection.transport}://${connection.ip}:${port}`;
  await Promise.all([
    iopub.bind(address(connection.iopub_port)),
    heartbeat.bind(address(connection.hb_port)),
    routers.shell.bind(address(connection.shell_port)),
    routers.control.bind(address(connection.control_port)),
    routers.stdin.bind(address(connection.stdin_port)),
  ]);
  publishStatus({}, 'starting');
  void listen('shell');
  void listen('control');
  void listen('stdin');
  void beat();
  hearSignals();
}

void open();
