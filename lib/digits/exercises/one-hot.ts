/** A model compiled for one-hot labels: its loss is judged by what it computes. */
import * as tf from '@tensorflow/tfjs';
import { itemAt } from '../item-at';
import { type Exercise, refute } from './exercise';
import { close, shown, theDigitModel, theNumber } from './values';

export const forOneHot: Exercise = {
  id: '7.3',
  verify(answer) {
    const model = theDigitModel(answer);
    refute(!model.optimizer, {
      zh: '这个模型还没有配置训练方法：少了 compile。',
      en: 'This model has not been compiled.',
    });
    refute(namesOf(model.loss).some(isSparse), {
      zh: '损失函数还是“稀疏”的那一种，它要的标签是数字。标签是独热向量时，用不带 sparse 的那一种。',
      en: 'The loss is still the sparse kind, which takes digits. For one-hot labels, use the one without “sparse”.',
    });
    refute(namesOf(model.metrics).some(isSparse), {
      zh: '指标还是“稀疏”的那一种，它要的标签是数字，遇到独热向量就会出错。去掉它，或者换成 tf.metrics.categoricalAccuracy。',
      en: 'The metric is still the sparse kind, which takes digits and fails on one-hot labels. Leave it out, or take tf.metrics.categoricalAccuracy.',
    });
    const binary = namesOf(model.metrics).find(name => /binary/i.test(name));
    refute(binary !== undefined, {
      zh: `指标 ${binary} 只用于两类。去掉它，或者换成 tf.metrics.categoricalAccuracy。`,
      en: `The metric ${binary} is for two classes only. Leave it out, or take tf.metrics.categoricalAccuracy.`,
    });
    refute(
      model.layers.some(layer => !layer.trainable),
      {
        zh: '有的层被冻结了（trainable: false），它们的权重不会学习。请从 newModel() 开始，只改 compile。',
        en: 'Some layers are frozen (trainable: false), so that their weights do not learn. Begin with newModel(), and change nothing but compile.',
      },
    );
    const [got, expected] = losses(model);
    refute(Math.abs(got - expected) > 1e-4 * Math.max(1, expected), {
      zh: `损失函数不是交叉熵：同样的十个样本，交叉熵是 ${shown(expected)}，这个模型算出 ${shown(got)}。`,
      en: `The loss is not cross-entropy: for the same ten samples that is ${shown(expected)}, and this model computes ${shown(got)}.`,
    });
    const name = model.optimizer.getClassName();
    refute(name !== 'Adam', {
      zh: `优化器是 ${name}，要的是 adam。`,
      en: `The optimizer is ${name}, but the exercise asks for adam.`,
    });
    const learningRate = theNumber(model.optimizer.getConfig().learningRate);
    refute(!close(learningRate, 0.01), {
      zh: `学习率是 ${learningRate}，要的是 0.01。写成 'adam'，学习率就是默认的 0.001；要用别的，就写 tf.train.adam(…)。`,
      en: `The learning rate is ${learningRate}, but should be 0.01. 'adam' stands for the default, 0.001; tf.train.adam(…) takes another.`,
    });
    return {
      zh: '损失函数要与标签的形式相配；把优化器写成对象，就能改它的学习率。',
      en: 'The loss has to suit the form of the labels; an optimizer given as an object can have another learning rate.',
    };
  },
  hints: [
    {
      zh: '再调用一次 compile，写明 optimizer 和 loss。损失函数的名字里没有 sparse。',
      en: 'Call compile again with an optimizer and a loss; the name of the loss goes without “sparse”.',
    },
    {
      zh: "optimizer: tf.train.adam(…), loss: 'categoricalCrossentropy'。",
      en: "optimizer: tf.train.adam(…), loss: 'categoricalCrossentropy'.",
    },
  ],
};

/** Names losses or metrics, which may be given by name, as functions, or by output. */
export function namesOf(given: unknown): string[] {
  if (typeof given === 'function') return [given.name];
  if (given !== null && typeof given === 'object') return Object.values(given).flatMap(namesOf);
  return [String(given)];
}

const isSparse = (name: string): boolean => /sparse/i.test(name);

/** Computes the model's loss for ten samples with one-hot labels, and their cross-entropy. */
function losses(model: tf.LayersModel): [got: number, expected: number] {
  return tf.tidy(() => {
    // Above 1, so that a model that was never trained has its preferences, too.
    const x = tf.randomUniform([10, 28, 28], 0, 3);
    const y = tf.oneHot(tf.range(0, 10, 1, 'int32'), 10).toFloat();
    const loss = itemAt([model.evaluate(x, y)].flat(), 0);
    const p = model.predict(x) as tf.Tensor;
    const expected = tf.metrics.categoricalCrossentropy(y, p).mean();
    return [loss.arraySync(), expected.asScalar().arraySync()];
  });
}
