/** @file A process of its own: loads models and prints what each predicts for the same inputs. */
import { serial, tf } from '../../src';
import type { MLP } from '../../src/models/mlp';
import { batchIn } from '../support/batches';

/** The bits of what a model predicts for some inputs that every process makes for itself. */
export function prediction(model: MLP): string {
  return tf.tidy(() => {
    const outputs = model.fprop(batchIn(model.getInputSpace(), 0, 1)) as tf.Tensor;
    return Buffer.from(outputs.dataSync().buffer).toString('hex');
  });
}

if (require.main === module) {
  for (const path of process.argv.slice(2)) console.log(prediction(serial.load(path) as MLP));
}
