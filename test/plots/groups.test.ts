import assert from 'node:assert/strict';
import { datasetNames, groupChannels, headlines, selectGroups } from '../../src/plots';

const names = [
  'test_objective',
  'test_y_misclass',
  'train_objective',
  'train_y_misclass',
  'learning_rate',
  'my_set_objective',
  'my_set_y_misclass',
  'train_y_col_norms_max',
];
const quantities = (groups: readonly { quantity: string }[]) => groups.map((g) => g.quantity);

describe('plots/groups', () => {
  it('knows datasets by their objective, the usual ones first', () => {
    assert.deepEqual(datasetNames(names), ['train', 'test', 'my_set']);
  });

  it('puts channels together that measure the same, the usual datasets first as everywhere', () => {
    const [objective] = groupChannels(names);
    assert.deepEqual(
      objective.members.map(({ name, dataset }) => [name, dataset]),
      [
        ['train_objective', 'train'],
        ['test_objective', 'test'],
        ['my_set_objective', 'my_set'],
      ],
    );
  });

  it('gives channels without a dataset groups of their own', () => {
    const group = groupChannels(names).find(({ quantity }) => quantity === 'learning_rate');
    assert.deepEqual(group?.members, [
      { name: 'learning_rate', dataset: '', quantity: 'learning_rate' },
    ]);
  });

  it('does not take the objective of an extra cost for a dataset', () => {
    assert.deepEqual(datasetNames(['train_objective', 'train_term_0_objective']), ['train']);
  });

  it('shows objectives, then misclassification unasked', () => {
    assert.deepEqual(quantities(headlines(groupChannels(names))), ['objective', 'y_misclass']);
  });

  it('shows the first four when nothing is a headline', () => {
    const groups = groupChannels(['a', 'b', 'c', 'd', 'e']);
    assert.deepEqual(quantities(headlines(groups)), ['a', 'b', 'c', 'd']);
  });

  it('selects by channel, by what is measured, and by pattern, in the order asked', () => {
    const groups = selectGroups(groupChannels(names), ['*norms*', 'train_objective', 'y_misclass']);
    assert.deepEqual(
      groups.map(({ members }) => members.map(({ name }) => name)),
      [
        ['train_y_col_norms_max'],
        ['train_objective'],
        ['train_y_misclass', 'test_y_misclass', 'my_set_y_misclass'],
      ],
    );
  });

  it('names the nearest channel when there is none of a name', () => {
    assert.throws(() => selectGroups(groupChannels(names), ['y_misklass']), {
      name: 'NameError',
      message: 'plots.learningCurves: no channel `y_misklass`. Did you mean `y_misclass`?',
    });
  });
});
