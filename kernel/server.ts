/**
 * @file tslab's server without its sockets: requests come from the I/O thread and answers go back
 * there. Cells run one after another; what can be answered meanwhile is.
 */
import { ZmqServer } from 'tslab/dist/jupyter';
import { Cell } from './cell';
import type { CellRunner, ExecuteRequest } from './cell_runner';
import { comms } from './comms';
import type { KernelHandler } from './handler';
import { History } from './history';
import type { Channel, ConnectionInfo, Content, Header, Io } from './io';
import { KernelMessage, type Socket } from './message';
import { MISSED, tellMissed } from './missed';
import { describeError } from './traceback';

type Answer = (request: Content) => Content;

/** Lets requests that are on their way arrive before a failed cell is answered. */
const ARRIVAL_MS = 15;

/** @throws Error when it has no code. */
function readRequest(content: Content): ExecuteRequest {
  if (typeof content.code === 'string') return content as unknown as ExecuteRequest;
  throw new Error('The execute_request has no code.');
}

interface Queued {
  socket: Socket;
  frames: Uint8Array[];
}

export class KernelServer extends ZmqServer {
  /** The cell that runs now. */
  cell: Cell | undefined;
  private readonly history = new History();
  private readonly queue: Queued[] = [];
  private readonly leave = new Map<Cell, () => void>();
  private working = false;
  private aborting = false;
  private count = 0;

  constructor(
    handler: KernelHandler,
    private readonly io: Io,
    connection: ConnectionInfo,
    private readonly runner: CellRunner,
  ) {
    super(handler, '');
    this.connInfo = connection;
  }

  override close(): void {
    this.handler.close();
  }

  override publishStatus(status: string, parent: KernelMessage): void {
    this.publishState(parent.header, status);
    // An answer in between must not make a running cell look finished.
    const running = this.cell?.parent;
    if (status === 'idle' && running !== undefined && running !== parent.header) {
      this.publishState(running, 'busy');
    }
  }

  private publishState(parent: Header, execution_state: string): void {
    this.io.publish({ type: 'status', parent, content: { execution_state } });
  }

  override async handleShellMessage(
    socket: unknown,
    ...frames: readonly Uint8Array[]
  ): Promise<void> {
    const message = KernelMessage.read(this.connInfo.key, frames);
    this.publishStatus('busy', message);
    try {
      await this.dispatch(socket as Socket, message);
    } catch (error) {
      this.reply(socket as Socket, message, { status: 'error', ...describeError(error) });
    }
    this.publishStatus('idle', message);
  }

  override async handleExecute(socket: Socket, message: KernelMessage): Promise<void> {
    const request = readRequest(message.content);
    if (this.aborting) {
      this.reply(socket, message, { status: 'aborted', execution_count: this.count });
      return;
    }
    const cell = this.openCell(message, request);
    this.leave.set(cell, () => {
      this.reply(socket, message, { status: 'ok', execution_count: this.count });
      this.publishStatus('idle', message);
    });
    const content = await this.runner.run(cell, request);
    this.leave.delete(cell);
    const failed = content.status === 'error' && request.stop_on_error !== false;
    const givenUp = failed ? await this.takeQueue() : [];
    this.closeCell();
    this.reply(socket, message, { ...content, execution_count: this.count });
    await this.abort(givenUp);
  }

  /** The process ends in the midst of a cell: says so to those who wait for it. */
  farewell(): void {
    for (const goodbye of this.leave.values()) goodbye();
  }

  /** Takes a request from the I/O thread; its signature has been checked there. */
  receive(channel: Channel, type: string, frames: Uint8Array[]): void {
    const socket: Socket = { send: (reply) => this.io.reply(channel, reply) };
    if (type === 'execute_request') {
      this.queue.push({ socket, frames });
      void this.work();
    } else {
      void this.handleShellMessage(socket, ...frames);
    }
  }

  private async work(): Promise<void> {
    if (this.working) return;
    this.working = true;
    for (let next = this.queue.shift(); next !== undefined; next = this.queue.shift()) {
      await this.handleShellMessage(next.socket, ...next.frames);
    }
    this.working = false;
  }

  /** What was sent behind a cell before its end is known: what comes later was sent in spite of it. */
  private async takeQueue(): Promise<Queued[]> {
    await new Promise((resolve) => setTimeout(resolve, ARRIVAL_MS));
    return this.queue.splice(0);
  }

  /** Answers requests without running them. */
  private async abort(requests: readonly Queued[]): Promise<void> {
    this.aborting = true;
    for (const { socket, frames } of requests) await this.handleShellMessage(socket, ...frames);
    this.aborting = false;
  }

  private async dispatch(socket: Socket, message: KernelMessage): Promise<void> {
    const type = message.header.msg_type;
    const answers: Record<string, Answer> = {
      history_request: (request) => this.history.answer(request),
      comm_info_request: ({ target_name }) => ({ status: 'ok', comms: comms.list(target_name) }),
      connect_request: () => ({ status: 'ok', ...this.ports() }),
    };
    if (type === 'execute_request') await this.handleExecute(socket, message);
    else if (type === 'is_complete_request') this.handleIsComplete(socket, message);
    else if (type === 'inspect_request') this.handleInspect(socket, message);
    else if (type === 'complete_request') this.handleComplete(socket, message);
    else if (type === 'comm_open' && message.content.target_name === MISSED) {
      tellMissed(message, this.io, () => this.working);
    } else if (type === 'comm_open' || type === 'comm_msg' || type === 'comm_close') {
      comms.receive(type, message, () => this.refuseComm(message));
    } else if (type in answers) this.reply(socket, message, answers[type](message.content));
  }

  /** Nobody listens to such comms: says so, that the other side can give up. */
  private refuseComm({ header: parent, content: { comm_id } }: KernelMessage): void {
    this.io.publish({ type: 'comm_close', parent, content: { comm_id, data: {} } });
  }

  private ports(): Content {
    const { shell_port, iopub_port, stdin_port, control_port, hb_port } = this.connInfo;
    return { shell_port, iopub_port, stdin_port, control_port, hb_port };
  }

  private reply(socket: Socket, message: KernelMessage, content: Content): void {
    const reply = message.createReply();
    reply.header.msg_type = message.header.msg_type.replace(/_request$/, '_reply');
    reply.content = content;
    reply.signAndSend(this.connInfo.key, socket);
  }

  private openCell(message: KernelMessage, request: ExecuteRequest): Cell {
    const silent = request.silent === true;
    const stored = !silent && request.store_history !== false;
    if (stored) this.history.add((this.count += 1), request.code);
    const asker = request.allow_stdin === false ? undefined : message.identity;
    const id = typeof message.metadata.cellId === 'string' ? message.metadata.cellId : undefined;
    const options = { count: this.count, stored, silent, id, asker };
    const cell = new Cell(this.io, message.header, options);
    this.cell = cell;
    this.io.running(message.header);
    return cell;
  }

  private closeCell(): void {
    this.cell?.ended();
    this.cell = undefined;
    this.io.running(undefined);
  }
}
