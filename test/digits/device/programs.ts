/**
 * Programs that tests run in separate processes, like a kernel: a process keeps the first
 * engine. The first argument names a program, the second the language of the lesson.
 */
import { execFileSync } from 'node:child_process';
import * as tf from '@tensorflow/tfjs';
import * as digits from 'digits';
import { loadData } from 'mnist-data-loader';
import type { Language } from '../../../lib/digits/language';
import { compiledModel } from '../../support';

const programs = {
  /** Starts an engine, prints the device, and computes. */
  async report() {
    console.log(await digits.useDevice());
    console.log(tf.getBackend(), tf.tensor([3, 4]).square().sum().dataSync()[0]);
  },

  /** Trains a layer that is wide enough for divided products. */
  async trainWide() {
    const { threads } = await digits.useDevice('cpu');
    const model = tf.sequential({ layers: [tf.layers.dense({ units: 64, inputShape: [784] })] });
    model.compile({ optimizer: 'sgd', loss: 'meanSquaredError' });
    const options = { epochs: 2, verbose: 0 } as const;
    const { history } = await model.fit(tf.ones([8, 784]), tf.zeros([8, 64]), options);
    console.log(threads, history.loss?.every(Number.isFinite));
    console.log(history.loss?.length);
  },

  /** Prints the device, and the losses of a deterministic training. */
  async trainRepeatably() {
    console.log(await digits.useDevice());
    const x = tf.randomUniform([64, 8], 0, 1, 'float32', 1);
    const y = tf.range(0, 64, 1, 'int32').mod(tf.scalar(4, 'int32'));
    const kernelInitializer = tf.initializers.glorotUniform({ seed: 1 });
    const model = tf.sequential();
    model.add(
      tf.layers.dense({ units: 4, activation: 'softmax', inputShape: [8], kernelInitializer }),
    );
    model.compile({ optimizer: 'adam', loss: 'sparseCategoricalCrossentropy' });
    const { history } = await model.fit(x, y, { epochs: 2, shuffle: false, verbose: 0 });
    console.log(history.loss?.map(loss => loss.toFixed(5)).join(' '));
  },

  /** Selects the engines in sequence. */
  async changeEngine() {
    const kindOf = async (asked?: 'wasm') => (await digits.useDevice(asked)).kind;
    const whyOf = async (asked?: 'gpu') => (await digits.useDevice(asked)).why;
    console.log(await kindOf('wasm'), await whyOf());
    console.log(await whyOf('gpu'), await whyOf());
    console.log(await kindOf('wasm'), await kindOf(), tf.getBackend());
  },

  /** Trains as the lesson does, and reports the used memory of all cards before and after the training. */
  async lessonOnGpu() {
    const question = ['--query-gpu=memory.used,memory.total', '--format=csv,noheader,nounits'];
    const ask = () => execFileSync('nvidia-smi', question, { encoding: 'utf8' });
    const memoryBefore = ask();
    const device = await digits.useDevice();
    console.log(device);
    const [[x, y]] = await loadData();
    const options = { batchSize: 64, epochs: 2, validationSplit: 0.2, verbose: 0 } as const;
    const labels = tf.tensor1d(y.data, 'int32');
    const { history } = await compiledModel().fit(digits.divide(x, 255), labels, options);
    console.log(JSON.stringify({ kind: device.kind, history, before: memoryBefore, after: ask() }));
  },
};

export type Program = keyof typeof programs;

const [name, language] = process.argv.slice(2);
if (language) digits.setLanguage(language as Language);
programs[name as Program]().catch(error => console.log(String(error)));
