/**
 * First weights that cannot learn. Whether they are to blame is tried: the learner's model is trained
 * anew from them, and from the usual ones, all else equal.
 */
import * as tf from '@tensorflow/tfjs';
import { NotFiniteError } from 'tfjs-graph';
import { percent } from '../format';
import type { Text } from '../language';
import { fit } from '../training/fit';
import { type Exercise, refute } from './exercise';
import { layersWithWeights } from './layers';
import { namesOf } from './one-hot';
import { testAccuracy, trainingDigits } from './sets';
import { theDigitModel } from './values';

/** What can be the matter with the first layer that has weights, and why it keeps the model from learning. */
const REASONS = {
  zero: {
    zh: '隐含层的输出 h 全是 0，后面的权重 W₂ 也全是 0：W₂ 的梯度里有因子 h，W₁ 的梯度里有因子 W₂，所以每个权重的梯度都是 0，只有输出层的偏置在学。',
    en: 'The outputs of the hidden layer, h, are all 0, and so are the weights behind it, W₂. The gradient of W₂ has h as a factor, that of W₁ has W₂: the gradient of every weight is 0, and only the biases of the output learn.',
  },
  alike: {
    zh: '所有隐含神经元从同样的权重出发，得到同样的梯度，永远相同：许多个只顶一个。所以初始权重必须随机。',
    en: 'All hidden units begin with the same weights, get the same gradient and stay alike for ever: many are worth one. That is why first weights must be random.',
  },
  dead: {
    zh: '无论什么图片，隐含神经元的总和都不大于 0，relu 之后全是 0，梯度也是 0：它们再也活不过来。',
    en: 'Whatever the picture, the sums of the hidden units are never above 0; relu makes them 0, and their gradient, too: they never come to life.',
  },
  large: {
    zh: '权重一开始就太大，小小的几步改变不了什么；所以初始权重不仅要随机，大小也要合适。',
    en: 'The weights are so large at first that small steps change next to nothing. First weights must not only be random, but also of the right size.',
  },
  other: { zh: '', en: '' },
};

type Trouble = keyof typeof REASONS;

export const failingWeights: Exercise = {
  id: '8.5',
  async verify(answer) {
    const model = theDigitModel(answer);
    refute(!model.optimizer, {
      zh: '这个模型还没有配置训练方法：少了 compile。',
      en: 'This model has not been compiled.',
    });
    refute(!model.optimizer.iterations, {
      zh: '这个模型没有训练过。学不学得会，训练了才知道。',
      en: 'This model was not trained. Only training shows whether it can learn.',
    });
    const own = await testAccuracy(model);
    refute(own > LEARNT, learns(own));
    // However long it is trained: it goes on from the weights that it has.
    const from = await learnt(model);
    refute(from.accuracy > LITTLE, learns(from.accuracy));
    const usual = await learnt(model, USUAL);
    refute(usual.accuracy < LEARNT, {
      zh: `它学得不好，但换成通常的初始权重，也只认出 ${percent(usual.accuracy, 1)}：原因不在初始权重，而在模型或训练方法。请从课程的模型开始，只改 kernelInitializer。`,
      en: `It learns badly, but with the usual first weights it recognises only ${percent(usual.accuracy, 1)}, too: the reason lies in the model or in how it is trained. Begin with the model of the lesson, and change its kernelInitializer alone.`,
    });
    const { zh, en } = REASONS[from.trouble];
    return {
      zh: `再训练下去，也只认出 ${percent(from.accuracy, 1)}；其他都不变，只换成通常的初始权重，认出 ${percent(usual.accuracy, 1)}。${zh}`,
      en: `Trained further, it still recognises only ${percent(from.accuracy, 1)}; from the usual first weights, all else equal, ${percent(usual.accuracy, 1)}. ${en}`,
    };
  },
  hints: [
    {
      zh: 'dense 有一个选项 kernelInitializer。怎样的初始权重，会让所有隐含神经元算出同样的东西？',
      en: 'dense has the option kernelInitializer. With which first weights do all hidden units compute the same?',
    },
    {
      zh: "两层都写 kernelInitializer: 'zeros'，只改输出层不够。compile 以后，用 fit 训练一轮。",
      en: "Give both layers kernelInitializer: 'zeros'; the output alone is not enough. Then compile, and train for an epoch with fit.",
    },
  ],
};

/** The accuracy above which a model has learnt, and below which it has learnt next to nothing. */
const [LEARNT, LITTLE] = [0.6, 0.4];

const learns = (accuracy: number): Text => ({
  zh: `它学会了：认出 ${percent(accuracy, 1)}。只要隐含层或者它后面的权重各不相同，神经元就能各学各的。换一种初始权重，两层都改。`,
  en: `It learns: ${percent(accuracy, 1)} recognised. Where the hidden weights differ, or those behind them, each unit can learn something of its own. Choose other first weights, for both layers.`,
});

/** Trains a copy of the model further, or from new weights, and measures it. */
async function learnt(
  model: tf.LayersModel,
  initializer?: object,
): Promise<{ accuracy: number; trouble: Trouble }> {
  const copy = await copyOf(model, initializer);
  const [x, labels] = await trainingDigits(3000);
  const sparse = namesOf(model.loss).some(name => /sparse/i.test(name));
  const y = tf.tidy(() => (sparse ? labels.clone() : tf.oneHot(labels, 10)));
  const trouble = troubleOf(copy, x);
  try {
    await fit(copy, x, y, { epochs: 4, verbose: 0, write: () => {} });
  } catch (error) {
    // Weights that grow beyond all numbers have not learnt either.
    if (!(error instanceof NotFiniteError)) throw error;
  }
  const accuracy = await testAccuracy(copy);
  tf.dispose([x, labels, y]);
  copy.optimizer.dispose();
  copy.dispose();
  return { accuracy, trouble };
}

/** Builds the same model anew and compiles it alike; its weights are the same, or new. */
async function copyOf(model: tf.LayersModel, initializer?: object): Promise<tf.LayersModel> {
  const topology = JSON.stringify(model.toJSON(null, false));
  const modelTopology = JSON.parse(topology, (key, value) =>
    initializer && key === 'kernel_initializer' ? initializer : value,
  );
  const copy = await tf.models.modelFromJSON(modelTopology);
  if (!initializer) copy.setWeights(model.getWeights());
  const { optimizer, loss } = model;
  const kind = optimizer.constructor as tf.serialization.SerializableConstructor<tf.Optimizer>;
  copy.compile({ optimizer: kind.fromConfig(kind, optimizer.getConfig()), loss });
  return copy;
}

/** What TensorFlow.js takes where none is named, in the form in which a model is saved. */
const USUAL = {
  class_name: 'VarianceScaling',
  config: { scale: 1, mode: 'fan_avg', distribution: 'normal', seed: null },
};

function troubleOf(model: tf.LayersModel, x: tf.Tensor): Trouble {
  const [layer, next] = layersWithWeights(model);
  const [kernel, bias] = layer?.getWeights() ?? [];
  if (!layer || kernel?.shape.length !== 2 || kernel.shape[0] !== 784) return 'other';
  const largest = (tensor: tf.Tensor) => tensor.max().dataSync()[0] ?? 0;
  return tf.tidy(() => {
    const sums = x
      .slice(0, 100)
      .reshape([-1, 784])
      .matMul(kernel)
      .add(bias ?? 0);
    const isSilent = layer.getConfig().activation === 'relu' && largest(sums) <= 0;
    if (isSilent && largest(next?.getWeights()[0]?.abs() ?? tf.scalar(1)) === 0) return 'zero';
    if (isSilent) return 'dead';
    const differences = kernel.sub(kernel.slice([0, 0], [-1, 1])).abs();
    if (largest(differences) < 1e-6 * Math.max(1, largest(kernel.abs()))) return 'alike';
    return largest(kernel.abs()) > 1 ? 'large' : 'other';
  });
}
