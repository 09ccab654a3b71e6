/** A model that another process loads after saving. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readdirSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs';
import { useDevice } from '../../../lib/digits/device/use';
import { setLanguage } from '../../../lib/digits/language';
import { loadModel, saveModel } from '../../../lib/digits/leaving/save-model';
import '../../../lib/digits/training/methods';
import { temporaryFolder } from '../../folder';
import { compiledModel, printed } from '../../support';

describe('saveModel and loadModel', () => {
  const model = compiledModel();
  const x = tf.ones([1, 28, 28]);
  const home = process.cwd();
  let folder: string;
  before(() => printed(() => useDevice()));
  beforeEach(() => {
    folder = temporaryFolder();
    process.chdir(folder);
  });
  afterEach(() => process.chdir(home));

  const probabilities = (of: tf.LayersModel) => [...of.predict(x).dataSync()];

  it('give the same probabilities in a new process, on WebAssembly', async () => {
    await printed(() => saveModel(model, 'mine'));
    assert.deepEqual(readdirSync(join(folder, 'mine')).sort(), ['model.json', 'weights.bin']);
    const program = `
const tf = require('@tensorflow/tfjs');
const { loadModel, predict, useDevice } = require(${JSON.stringify(require.resolve('digits'))});
(async () => {
  process.chdir(${JSON.stringify(folder)});
  await useDevice('wasm');
  const model = await loadModel('mine');
  const x = tf.ones([1, 28, 28]);
  console.log(JSON.stringify([...model.predict(x).dataSync()]));
})();`;
    const output = execFileSync(process.execPath, ['-r', 'tsx/cjs', '-e', program], {
      cwd: home,
      encoding: 'utf8',
    });
    const loaded = JSON.parse(output.trim().split('\n').at(-1) ?? '') as number[];
    const expected = probabilities(model);
    assert.equal(loaded.length, 10);
    for (const [i, p] of loaded.entries()) assert.ok(Math.abs(p - (expected[i] ?? NaN)) < 1e-6);
  });

  it('say where it is, and what is replaced, in each language; a convolution, too', async () => {
    const convolution = tf.sequential({
      layers: [
        tf.layers.conv2d({ filters: 2, kernelSize: 3, inputShape: [28, 28, 1] }),
        tf.layers.flatten(),
        tf.layers.dense({ units: 10, activation: 'softmax' }),
      ],
    });
    const output = await printed(() => saveModel(model, 'mine'));
    assert.match(output, /^Saved in the folder mine beside this notebook, replacing any/);
    setLanguage('zh');
    const chinese = await printed(() => saveModel(convolution, '数字-1'));
    assert.match(chinese, /^已保存到这个笔记本旁边的文件夹“数字-1”；/);
    assert.deepEqual((await loadModel('数字-1')).outputs[0]?.shape, [null, 10]);
  });

  it('refuse what is no name, no model, not saved, or damaged, and a folder that is closed', async () => {
    for (const name of ['../mine', 'a/b', '.', '', undefined as never]) {
      await assert.rejects(saveModel(model, name), /name of letters, digits, - and _/);
      await assert.rejects(loadModel(name), /name of letters, digits, - and _/);
    }
    await assert.rejects(saveModel(undefined as never, 'mine'), /saveModel\(model, 'my-network'\)/);
    const pattern = /There is no model in the folder mine .*saveModel\(model, 'mine'\)/;
    await assert.rejects(loadModel('mine'), pattern);
    await printed(() => saveModel(model, 'mine'));
    truncateSync(join(folder, 'mine', 'weights.bin'), 1000);
    await assert.rejects(loadModel('mine'), /cannot be read .* damaged or incomplete/);
    writeFileSync(join(folder, 'mine', 'model.json'), '{');
    await assert.rejects(loadModel('mine'), /cannot be read .* damaged or incomplete/);
    // A file in place of the folder refuses root, too.
    writeFileSync(join(folder, 'taken'), '');
    await assert.rejects(saveModel(model, 'taken'), /could not be saved in .*taken .*another name/);
  });
});
