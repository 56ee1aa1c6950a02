import assert from 'node:assert/strict';
import { camelCase, snakeCase } from '../../src/utils/case';

describe('utils/case', () => {
  const pairs = [
    ['main_loop', 'mainLoop'],
    ['get_epochs_seen', 'getEpochsSeen'],
    ['n_classes', 'nClasses'],
    ['b_lr_scale', 'bLrScale'],
  ];

  it('turns YAML names into TypeScript names and back', () => {
    for (const [snake, camel] of pairs) {
      assert.equal(camelCase(snake), camel);
      assert.equal(snakeCase(camel), snake);
    }
  });

  it('keeps leading underscores and capitals', () => {
    assert.equal(camelCase('cost_from_X'), 'costFromX');
    assert.equal(camelCase('_private_name'), '_privateName');
  });
});
