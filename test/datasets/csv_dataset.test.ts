import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { CSVDataset } from '../../src/datasets/csv_dataset';
import type { DenseDesignMatrix } from '../../src/datasets';
import { expectClose } from '../support/expect';
import { temporaryFolder } from '../support/temporary';
import { roundTrip } from '../support/yaml';

describe('datasets/csv_dataset', () => {
  const place = temporaryFolder();

  function file(text: string): string {
    const path = place('table.csv');
    writeFileSync(path, text);
    return path;
  }

  const table = 'label,a,b\n2,1,1.5\n0,2,2.5\n1,3,3.5\n0,4,4.5\n';

  it('takes labels from the first column, features from the others', () => {
    const dataset = new CSVDataset({ path: file(table) });
    assert.deepEqual(dataset.X.arraySync(), [
      [1, 1.5],
      [2, 2.5],
      [3, 3.5],
      [4, 4.5],
    ]);
    assert.deepEqual([dataset.y!.dtype, dataset.yLabels], ['int32', 3]);
    expectClose(dataset.y!, [2, 0, 1, 0]);
  });

  it('takes several targets of regression, another delimiter, no header and no targets', () => {
    const path = file('-1|2|3\n4|5|6.5\n');
    const text = { path, delimiter: '|', expectHeaders: false } as const;
    const two = new CSVDataset({ ...text, task: 'regression', numOutputs: 2 });
    assert.deepEqual([two.X.arraySync(), two.y!.arraySync()], [
      [[3], [6.5]],
      [
        [-1, 2],
        [4, 5],
      ],
    ]); // prettier-ignore
    const none = new CSVDataset({ ...text, expectLabels: false });
    assert.deepEqual([none.X.shape, none.y], [[2, 3], null]);
  });

  it('takes some of the rows', () => {
    const path = file(table);
    const first = (options: object) => [
      ...new CSVDataset({ path, ...options }).X.slice([0, 0], [-1, 1]).dataSync(),
    ];
    assert.deepEqual(first({ start: 1, stop: 3 }), [2, 3]);
    assert.deepEqual(first({ start: 2 }), [3, 4]);
    assert.deepEqual(first({ startFraction: 0.25 }), [1]);
    assert.deepEqual(first({ endFraction: 0.25 }), [4]);
  });

  it('says what is wrong, and in which line', () => {
    const refuses = (text: string, options: object, problem: RegExp) =>
      assert.throws(() => new CSVDataset({ path: file(text), ...options }), problem);
    refuses('a,b\n1,2\n3,x\n', {}, /table\.csv`: line 3: expected a number, received "x"\./);
    refuses('1,2\n', {}, /it holds no numbers/);
    refuses('a,b\n.5,2\n', {}, /expected a label from 0/);
    refuses(table, { start: 1, endFraction: 0.5 }, /expected one of start, start_fraction/);
    refuses(table, { stop: 2 }, /expected start beside stop/);
    refuses(table, { start: 7 }, /no rows of `.*table\.csv` are left/);
    assert.throws(() => new CSVDataset({ path: place('tabel.csv') }), /Did you mean `table\.csv`/);
  });

  it('is found by YAML and saved by its options', () => {
    const { copy } = roundTrip<DenseDesignMatrix>(
      `!obj:pylearn2.datasets.csv_dataset.CSVDataset { path: '${file(table)}', start: 1, stop: 3 }`,
    );
    expectClose(copy.y!, [0, 1]);
  });
});
