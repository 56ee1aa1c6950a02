/**
 * @file Comms: lasting lines between cells and the page, by which widgets speak. Their messages are
 * heard while a cell runs, whenever it awaits.
 */
import { randomUUID } from 'node:crypto';
import { currentCell, type Cell } from './cell';
import type { Content, Header } from './io';
import type { KernelMessage } from './message';
import { describeError } from './traceback';

/** What goes through a comm. */
export interface CommMessage {
  data: Content;
  metadata?: Content;
  /** Bytes beside the data. */
  buffers?: readonly Uint8Array[];
}

/** Hears what comes through a comm; `reply` sends something as the answer to this very message. */
export type CommListener = (message: CommMessage, reply: (data: Content) => void) => unknown;

/** One line; what it prints and draws goes to the cell that opened it. */
export class Comm {
  private readonly listeners = {
    comm_msg: new Set<CommListener>(),
    comm_close: new Set<CommListener>(),
  };

  constructor(
    readonly target: string,
    readonly id: string,
    private readonly cell: Cell,
    private readonly forget: () => void,
  ) {}

  /** Hears the messages of the other side. @returns Ends the hearing. */
  onMessage(listener: CommListener): () => void {
    this.listeners.comm_msg.add(listener);
    return () => void this.listeners.comm_msg.delete(listener);
  }

  /** Hears that the other side has closed the line. */
  onClose(listener: CommListener): void {
    this.listeners.comm_close.add(listener);
  }

  send(data: Content, { metadata, buffers }: Omit<CommMessage, 'data'> = {}): void {
    this.cell.publish('comm_msg', { comm_id: this.id, data }, { metadata, buffers });
  }

  /** Closes the line on both sides. */
  close(data: Content = {}): void {
    this.cell.publish('comm_close', { comm_id: this.id, data });
    this.forget();
  }

  /** Tells the listeners; one that fails is reported in the comm's cell and stops no other. */
  hear(type: 'comm_msg' | 'comm_close', message: CommMessage, parent: Header): void {
    const reply = (data: Content) =>
      this.cell.publish('comm_msg', { comm_id: this.id, data }, { parent });
    for (const listener of [...this.listeners[type]]) {
      void this.cell.run(async () => {
        try {
          await listener(message, reply);
        } catch (error) {
          this.cell.stream('stderr', `${describeError(error).traceback.join('\n')}\n`);
        }
      });
    }
  }
}

/** What takes a comm that the page opens. */
export type CommTarget = (comm: Comm, opening: CommMessage) => unknown;

/** All comms of the kernel. */
export class Comms {
  private readonly open = new Map<string, Comm>();
  private readonly targets = new Map<string, { cell: Cell; take: CommTarget }>();

  /** Lets the page open comms to `target`. */
  register(target: string, take: CommTarget): void {
    this.targets.set(target, { cell: ownCell(), take });
  }

  /** Opens a comm to what the page has registered as `target`. */
  connect(
    target: string,
    { data, metadata, buffers }: CommMessage,
    id: string = randomUUID(),
  ): Comm {
    const cell = ownCell();
    const content = { comm_id: id, target_name: target, data };
    cell.publish('comm_open', content, { metadata, buffers });
    return this.add(target, id, cell);
  }

  /** The open comms, as a comm_info_reply has them. */
  list(target?: unknown): Record<string, { target_name: string }> {
    const asked = [...this.open.values()].filter(
      (comm) => target === undefined || comm.target === target,
    );
    return Object.fromEntries(asked.map(({ id, target: target_name }) => [id, { target_name }]));
  }

  /** Takes a message of the page; `refuse` is called when nobody wants the comm that it opens. */
  receive(
    type: 'comm_open' | 'comm_msg' | 'comm_close',
    message: KernelMessage,
    refuse: () => void,
  ): void {
    const { content, metadata, buffers } = message;
    const id = String(content.comm_id);
    const heard = { data: (content.data ?? {}) as Content, metadata, buffers };
    if (type !== 'comm_open') {
      this.open.get(id)?.hear(type, heard, message.header);
      if (type === 'comm_close') this.open.delete(id);
      return;
    }
    const name = String(content.target_name);
    const target = this.targets.get(name);
    if (target === undefined) refuse();
    else target.cell.run(() => target.take(this.add(name, id, target.cell), heard));
  }

  private add(target: string, id: string, cell: Cell): Comm {
    const comm = new Comm(target, id, cell, () => this.open.delete(id));
    this.open.set(id, comm);
    return comm;
  }
}

function ownCell(): Cell {
  const cell = currentCell();
  if (cell === undefined) throw new Error('A comm belongs to a cell, and none has run yet.');
  return cell;
}

/** The kernel's comms. */
export const comms = new Comms();
