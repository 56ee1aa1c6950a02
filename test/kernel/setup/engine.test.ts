import assert from 'node:assert/strict';
import { runNode } from '../../support/setup';

describe('kernel/setup/engine', () => {
  it('makes an engine that logs nothing while it starts, unless asked to', async () => {
    const program = "console.log(require('./src/engine').tf.scalar(3).square().dataSync()[0])";
    const { out, err } = await runNode(['--require', 'tsx/cjs', '-e', program]);
    assert.equal(out, '9\n', err);
    assert.doesNotMatch(err, /oneDNN|absl|cpu_feature_guard/);
  });
});
