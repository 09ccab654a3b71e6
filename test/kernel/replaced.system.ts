/** A session that is run again and again: what its names had before is given back, and nothing else. */
import { deepEqual, match } from 'node:assert/strict';
import type { Client } from './client';
import { Kernel } from './kernel';

const SESSION = [
  `const x = tf.randomNormal([1000, 8]);
const y = tf.zeros([1000, 1]);
const list = [tf.ones([3]), { a: tf.ones([2]) }];
const first = x.slice(0, 1);`,
  `const layers = [tf.layers.dense({ units: 4, inputShape: [8] }), tf.layers.dense({ units: 1 })];
const model = tf.sequential({ layers });
model.compile({ optimizer: 'adam', loss: 'meanSquaredError' });
await fit(model, x, y, { epochs: 2 });`,
];

const COUNT =
  '[tf.memory().numTensors, Object.keys(tf.engine().registeredVariables).length].join()';

describe('tensors of names that are declared again', function () {
  this.retries(1);
  let kernel: Kernel;
  let client: Client;
  before(async () => {
    ({ kernel, client } = await Kernel.start());
    await client.result(`import * as tf from '@tensorflow/tfjs';
import { fit, useDevice } from 'digits';
await useDevice();`);
  });
  after(() => kernel.stop());

  it('are given back over five runs, unless something else reaches them', async () => {
    await client.printed(...SESSION);
    const [count = ''] = await client.printed(COUNT);
    await client.result('const kept = tf.sequential({ layers: [layers[0]] }); const alone = x;');
    for (let run = 0; run < 4; run++) await client.printed(...SESSION);
    const [tensors, variables] = (count.match(/\d+/g) ?? []).map(Number);
    // The variables of the layer that is kept, and of the one behind it, which it knows; and one tensor.
    const expected = `'${Number(tensors) + 5},${Number(variables) + 4}'`;
    deepEqual(await client.untilPrinted(COUNT, new RegExp(expected)), `${expected}\n`);
    const [used] = await client.printed(
      '(kept.predict(alone) as tf.Tensor).shape + ":" + alone.dataSync().length',
    );
    match(String(used), /1000,4:8000/);
  });
});
