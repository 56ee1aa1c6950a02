import assert from 'node:assert/strict';
import { htmlTable } from '../../src/utils/html';

/** The sides at which the columns stand, in the head and in each row. */
function sides(html: string): string[][] {
  return html
    .split('</tr>')
    .slice(0, -1)
    .map((row) => [...row.matchAll(/text-align:(\w+)/g)].map(([, side]) => side));
}

describe('htmlTable', () => {
  it('puts texts at the left and columns of numbers at the right, heads too', () => {
    const html = htmlTable(
      ['name', 'size', 'share', 'loss', 'mixed', 'empty'],
      [
        ['a', '1,234', '98.2 %', '-.5e-3', '1', ''],
        ['b', '2', '', 'NaN', 'x', ''],
      ],
    );
    const expected = ['left', 'right', 'right', 'right', 'left', 'left'];
    assert.deepEqual(sides(html), [expected, expected, expected]);
  });

  it('shows markup as it is written', () => {
    const html = htmlTable(['<i>'], [['<b>&"']]);
    assert.equal(
      html.replace(/ style="[^"]*"/g, ''),
      '<table><thead><tr><th>&lt;i&gt;</th></tr></thead>' +
        '<tbody><tr><td>&lt;b&gt;&amp;&quot;</td></tr></tbody></table>',
    );
  });
});
