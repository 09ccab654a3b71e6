/** A GPU, where there is one: the lesson trains on it, and takes no more of its memory than it needs. */
import assert from 'node:assert/strict';
import { driverVersion, gpuName } from '../../../lib/digits/device/nvidia';
import { APPS, CARDS, heldBy, memoryOfCards } from './nvidia-smi';
import { runScript } from './support';

/** The lesson's training, with the driver's tables before it and while the process holds its memory. */
const LESSON = `
  const mnist = require('mnist-data-loader').default;
  const ask = args => require('node:child_process').execFileSync('nvidia-smi', args, { encoding: 'utf8' });
  const before = ask(${JSON.stringify(CARDS)});
  const device = await digits.useDevice();
  console.log(device);
  const [[x, y]] = await mnist.loadData();
  const model = tf.sequential();
  model.add(tf.layers.flatten({ inputShape: [28, 28] }));
  model.add(tf.layers.dense({ units: 128, activation: 'relu' }));
  model.add(tf.layers.dense({ units: 10, activation: 'softmax' }));
  model.compile({
    optimizer: 'adam',
    loss: 'sparseCategoricalCrossentropy',
    metrics: [tf.metrics.sparseCategoricalAccuracy],
  });
  const { history } = await digits.fit(model, digits.divide(x, 255), tf.tensor1d(y.data, 'int32'), {
    batchSize: 64, epochs: 2, validationSplit: 0.2, verbose: 0,
  });
  const [apps, after] = [ask(${JSON.stringify(APPS)}), ask(${JSON.stringify(CARDS)})];
  console.log(JSON.stringify({ pid: process.pid, kind: device.kind, history, before, apps, after }));`;

describe('the lesson on a GPU', function () {
  this.timeout(300_000);

  it('trains there without LD_LIBRARY_PATH, and leaves the most of its memory to others', async function () {
    if (driverVersion() === undefined) {
      console.log('    no NVIDIA driver, so skipped:');
      return this.skip();
    }
    const { stdout, stderr } = await runScript(LESSON, { LD_LIBRARY_PATH: undefined });
    const lines = stdout.split('\n');
    assert.equal(lines[0], `Device: GPU, ${await gpuName()}`, stdout + stderr);
    const { pid, kind, history, before, apps, after } = JSON.parse(lines.at(-1) ?? '');
    assert.equal(kind, 'gpu');
    assert.ok(
      history.val_loss.every((loss: number) => loss > 0 && loss < 0.3),
      stdout,
    );
    const [{ used }, { total, ...then }] = [memoryOfCards(before), memoryOfCards(after)];
    const held = heldBy(pid, apps) ?? then.used - used;
    // Without growth TensorFlow takes nearly all.
    assert.ok(held > 0 && held < total / 2, `${held} of ${total} MiB`);
  });
});
