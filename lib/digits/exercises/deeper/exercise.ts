import * as tf from '@tensorflow/tfjs';
import { itemAt } from '../../item-at';
import { failIf, task } from '../judging/exercise';
import { formatValue } from '../judging/format';
import { activationsOf, parseNetwork } from '../judging/models';
import { en } from './text.en';
import { zh } from './text.zh';

export const deeper = task({ en, zh }, (answer, { wrong, reward }) => {
  const model = parseNetwork(answer);
  const activations = activationsOf(model);
  const linear = activations.slice(0, -1).indexOf('linear') + 1;
  failIf(linear > 0, wrong.linear(linear));
  const [sums, smallest] = tf.tidy(() => {
    const outputs = model.predict(tf.randomUniform([4, 28, 28])) as tf.Tensor;
    return [outputs.sum(1), outputs.min()].map(tensor => Array.from(tensor.dataSync()));
  }) as unknown as [number[], [number]];
  const areShares = sums.every(sum => Math.abs(sum - 1) <= 1e-4) && smallest[0] >= 0;
  const last = itemAt(activations.slice(-1), 0);
  const sum = formatValue(sums[0]);
  failIf(!areShares && last === 'linear', wrong.noSoftmax(sum));
  failIf(!areShares, wrong.noShares(sum, last));
  return reward;
});
