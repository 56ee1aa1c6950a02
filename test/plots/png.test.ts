import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { PNG } from 'pngjs';
import { dataUrl } from '../../src/gui';
import { imagesChart, learningCurves } from '../../src/plots';
import { NdArray } from '../../src/utils/nd_array';
import { channel } from '../support/channel_records';
import { folderForEachTest } from '../support/temporary';

type Colour = readonly [number, number, number];

function colourAt({ data, width }: PNG, x: number, y: number): Colour {
  const at = (y * width + x) * 4;
  return [data[at], data[at + 1], data[at + 2]];
}

function countOf(png: PNG, wanted: Colour): number {
  let count = 0;
  for (let at = 0; at < png.data.length; at += 4) {
    if (wanted.every((value, i) => png.data[at + i] === value)) count++;
  }
  return count;
}

describe('plots/png', () => {
  const file = folderForEachTest();
  const curves = learningCurves([
    channel('train_objective', [2, 1, 0.5]),
    channel('valid_objective', [2.1, 1.2, 0.8]),
  ]);

  it('draws what the SVG says, twice as large, lines and letters on white', async () => {
    await curves.save(file('a.png'));
    const png = PNG.sync.read(readFileSync(file('a.png')));
    const [, width, height] = /width="(\d+)" height="(\d+)"/.exec(await curves.toSvg())!;
    assert.deepEqual([png.width, png.height], [2 * Number(width), 2 * Number(height)]);
    assert.deepEqual(colourAt(png, 0, 0), [255, 255, 255]);
    assert.ok(countOf(png, [0x00, 0x77, 0xbb]) > 200, 'the first line');
    assert.ok(countOf(png, [0xe6, 0x9f, 0x00]) > 200, 'the second line');
  });

  it('draws letters, whatever fonts the machine has', async () => {
    const long = learningCurves([channel('train_objective', [1, 2])], { title: 'M'.repeat(20) });
    const bare = learningCurves([channel('train_objective', [1, 2])], { title: ' '.repeat(20) });
    const [inked, empty] = await Promise.all(
      [long, bare].map(async (chart) =>
        countOf(PNG.sync.read(await chart.toPng()), [128, 128, 128]),
      ),
    );
    assert.ok(inked > empty + 2000, `${inked} grey pixels, ${empty} without a title`);
  });

  it('draws on the background that is asked for', async () => {
    const black = PNG.sync.read(await curves.toPng('#111'));
    assert.deepEqual(colourAt(black, 0, 0), [17, 17, 17]);
    assert.equal(PNG.sync.read(await curves.toPng('transparent')).data[3], 0);
  });

  it('keeps the pixels of images sharp', async () => {
    const url = dataUrl(new NdArray(Float32Array.of(-1, 1), [1, 2, 1]));
    const cell = { row: 0, column: 0, url, facts: { example: 0 } };
    const png = PNG.sync.read(
      await imagesChart([cell], { patch: [1, 2], title: '' }, '').toPng('#ff0000'),
    );
    const [black, white] = [countOf(png, [0, 0, 0]), countOf(png, [255, 255, 255])];
    assert.equal(black, white);
    assert.ok(black > 10_000, `${black} pixels`);
  });
});
