import assert from 'node:assert/strict';
import type { Content, Io, Published } from '../../kernel/io';
import { KernelMessage } from '../../kernel/message';
import { MISSED, tellMissed } from '../../kernel/missed';
import { openRecord, type Record } from '../../kernel/record';

/** What a page that opens a line sends. */
function opening(session: string): KernelMessage {
  const header = {
    msg_id: 'm',
    msg_type: 'comm_open',
    session,
    username: 'u',
    date: '',
    version: '',
  };
  return new KernelMessage([], header, header, { comm_id: 'line', target_name: MISSED, data: {} });
}

/** Asks as a page does; gives what it is told from then on. */
function ask(session: string, busy: () => boolean): Published[] {
  const told: Published[] = [];
  const io = { publish: (message: Published) => void told.push(message) } as unknown as Io;
  tellMissed(opening(session), io, busy);
  return told;
}

function ran(count: number, session: string, cell: string | undefined, words: string): Record {
  const record = openRecord({ count, session, cell });
  record.print('stdout', words);
  return record;
}

const cellsOf = ({ content }: Published) => (content.data as { cells: Content[] }).cells;
const wait = (ms: number) => new Promise((done) => setTimeout(done, ms));

describe('kernel: missed', () => {
  it('tells what the cells of other pages have shown, as a notebook file has it', () => {
    const record = ran(901, 'closed', 'a', 'x\n');
    record.note('execute_result', {
      data: { 'text/plain': '1' },
      metadata: {},
      execution_count: 0,
    });
    record.note('display_data', { data: { d: 1 }, metadata: {}, transient: { display_id: 'i' } });
    record.running = false;
    ran(902, 'open', 'b', 'its own page knows');
    ran(903, 'closed', undefined, 'no cell of a notebook');
    const told = ask('open', () => false);
    assert.deepEqual(cellsOf(told[0]), [
      {
        cell: 'a',
        count: 901,
        running: false,
        outputs: [
          { output_type: 'stream', name: 'stdout', text: 'x\n' },
          {
            output_type: 'execute_result',
            data: { 'text/plain': '1' },
            metadata: {},
            execution_count: 901,
          },
          { output_type: 'display_data', data: { d: 1 }, metadata: {} },
        ],
      },
    ]);
    assert.deepEqual(
      told.map(({ type, content }) => [type, content.comm_id]),
      [
        ['comm_msg', 'line'],
        ['comm_close', 'line'],
      ],
    );
  });

  it('goes on while a cell runs, tells only what is new, and ends with the final state', async () => {
    const record = ran(911, 'gone', 'c', 'one\n');
    let busy = true;
    const told = ask('back', () => busy);
    await wait(700);
    const before = told.length;
    record.print('stdout', 'two\n');
    record.running = false;
    busy = false;
    await wait(700);
    const news = told.slice(before).filter(({ type }) => type === 'comm_msg');
    assert.equal(before, 1, 'nothing is said while nothing is new');
    assert.equal(news.length, 1);
    const [{ running, outputs }] = cellsOf(news[0]);
    assert.deepEqual(
      [running, outputs],
      [false, [{ output_type: 'stream', name: 'stdout', text: 'one\ntwo\n' }]],
    );
    assert.equal(told.at(-1)?.type, 'comm_close');
  });
});
