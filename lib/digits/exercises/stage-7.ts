/** Compile: what the loss counts, what to expect of it, and which one fits the labels. */
import * as tf from '@tensorflow/tfjs';
import { itemAt } from '../item-at';
import { type Exercise, Mistake, refute } from './exercise';
import { close, shown, theDigitModel, theFunction, theNumber } from './values';

const crossEntropy: Exercise = {
  id: '7.1',
  async verify(answer) {
    const call = theFunction(answer);
    for (const [probabilities, label] of [
      [[0.1, 0.7, 0.2], 1],
      [[0.6, 0.3, 0.1], 2],
      [[0.25, 0.75], 0],
    ] as const) {
      const got = theNumber(await call([...probabilities], label));
      const p = itemAt(probabilities, label);
      const expected = -Math.log(p);
      if (close(got, expected)) continue;
      const sample = `${shown(probabilities)}, ${label}`;
      refute(close(got, -expected), {
        zh: `${sample}：得到 ${shown(got)}，符号反了。概率小于 1，对数是负的；损失要是正数。`,
        en: `${sample} gave ${shown(got)}: the sign is missing. Logarithms of probabilities are negative; a loss is positive.`,
      });
      refute(close(got, -Math.log10(p)) || close(got, -Math.log2(p)), {
        zh: `${sample}：对数的底不对。交叉熵用自然对数，Math.log。`,
        en: `${sample}: the logarithm has another base. Cross-entropy takes the natural one, Math.log.`,
      });
      refute(close(got, -Math.log(Math.max(...probabilities))), {
        zh: `${sample}：您用了最大的概率。损失问的是正确答案（标签）得到了多少概率。`,
        en: `${sample}: you took the largest probability. The loss asks for that of the right answer, the label.`,
      });
      throw new Mistake({
        zh: `${sample}：损失是 ${shown(expected)}，您得到 ${shown(got)}。`,
        en: `${sample}: the loss is ${shown(expected)}; yours is ${shown(got)}.`,
      });
    }
    return {
      zh: '只看正确答案的概率：0.7 时损失 0.36，0.1 时 2.3，接近 0 时没有上限。',
      en: 'Only the probability of the right answer counts: 0.7 costs 0.36, 0.1 costs 2.3, and near 0 there is no limit.',
    };
  },
  hints: [
    {
      zh: '从 probabilities 里取出标签的那一个，取自然对数，再变号。',
      en: "Take the label's own out of probabilities, its natural logarithm, and turn the sign.",
    },
    {
      zh: 'probabilities[label] 是正确答案的概率 p；返回 -Math.log(p)。',
      en: 'probabilities[label] is the probability p of the right answer; return -Math.log(p).',
    },
  ],
};

const ignorantLoss: Exercise = {
  id: '7.2',
  async verify(answer) {
    const call = theFunction(answer);
    for (const classes of [10, 2, 1000]) {
      const got = theNumber(await call(classes));
      const expected = Math.log(classes);
      if (close(got, expected)) continue;
      refute(close(got, 1 / classes), {
        zh: `${classes} 类：${shown(got)} 是每一类的概率，还不是损失。`,
        en: `${classes} classes: ${shown(got)} is the probability of each class, not yet the loss.`,
      });
      refute(close(got, -expected), {
        zh: `${classes} 类：得到 ${shown(got)}，符号反了；损失是正数。`,
        en: `${classes} classes gave ${shown(got)}: the sign is missing; a loss is positive.`,
      });
      refute(close(got, 1 - 1 / classes), {
        zh: `${classes} 类：${shown(got)} 是猜错的可能性，不是交叉熵。`,
        en: `${classes} classes: ${shown(got)} is the chance of a wrong guess, not the cross-entropy.`,
      });
      throw new Mistake({
        zh: `${classes} 类：损失应当约为 ${shown(expected)}，您得到 ${shown(got)}。`,
        en: `${classes} classes: the loss should be about ${shown(expected)}; yours is ${shown(got)}.`,
      });
    }
    return {
      zh: '十类时约为 2.30。训练开始时的损失应当在它附近；一直停在这里，就是什么也没有学到。',
      en: 'About 2.30 for ten classes. Training should begin near it; a loss that stays there has learnt nothing.',
    };
  },
  hints: [
    {
      zh: '什么都不知道的网络，给每一类同样的概率。是多少？再用 7.1 的公式。',
      en: 'A network that knows nothing gives every class the same probability. Which? Then the formula of 7.1.',
    },
    {
      zh: '每一类的概率是 1 / classes，损失是它的自然对数再变号。',
      en: 'Each class has 1 / classes; the loss is its natural logarithm with the sign turned.',
    },
  ],
};

const forOneHot: Exercise = {
  id: '7.3',
  verify(answer) {
    const model = theDigitModel(answer);
    refute(!model.optimizer, {
      zh: '这个模型还没有配置训练方法：少了 compile。',
      en: 'This model has not been compiled.',
    });
    refute(model.loss === 'sparseCategoricalCrossentropy', {
      zh: '损失函数还是“稀疏”的，它要的标签是数字。标签是独热向量时，用不带 sparse 的那一种。',
      en: 'The loss is still the sparse kind, which takes digits. For one-hot labels there is the one without “sparse”.',
    });
    const [got, expected] = losses(model);
    refute(!close(got, expected), {
      zh: `损失函数不是交叉熵：同样的十个样本，交叉熵是 ${shown(expected)}，这个模型算出 ${shown(got)}。`,
      en: `The loss is not cross-entropy: for the same ten samples that is ${shown(expected)}, and this model computes ${shown(got)}.`,
    });
    const name = model.optimizer.getClassName();
    refute(name !== 'Adam', {
      zh: `优化器是 ${name}，要的是 adam。`,
      en: `The optimizer is ${name}; adam is wanted.`,
    });
    const { learningRate } = model.optimizer.getConfig() as { learningRate: number };
    refute(!close(learningRate, 0.01), {
      zh: `学习率是 ${learningRate}，要的是 0.01。写成 'adam' 只能用默认值，要改就用 tf.train.adam(…)。`,
      en: `The learning rate is ${learningRate}; 0.01 is wanted. 'adam' stands for the defaults; tf.train.adam(…) takes another.`,
    });
    return {
      zh: '损失函数要与标签的形式相配；优化器写成对象，就能改它的参数。',
      en: 'The loss has to suit the form of the labels; an optimizer given as an object can have other settings.',
    };
  },
  hints: [
    {
      zh: '再调用一次 compile，写明 optimizer 和 loss。名字里不要 sparse。',
      en: 'Call compile again with an optimizer and a loss, whose name goes without “sparse”.',
    },
    {
      zh: "optimizer: tf.train.adam(…), loss: 'categoricalCrossentropy'。",
      en: "optimizer: tf.train.adam(…), loss: 'categoricalCrossentropy'.",
    },
  ],
};

/** Computes the model's loss for ten samples with one-hot labels, and their cross-entropy. */
function losses(model: tf.LayersModel): [got: number, expected: number] {
  return tf.tidy(() => {
    const x = tf.randomUniform([10, 28, 28]);
    const y = tf.oneHot(tf.range(0, 10, 1, 'int32'), 10).toFloat();
    const loss = itemAt([model.evaluate(x, y)].flat(), 0);
    const p = model.predict(x) as tf.Tensor;
    const expected = tf.metrics.categoricalCrossentropy(y, p).mean();
    return [loss.arraySync(), expected.asScalar().arraySync()];
  });
}

export const stage7 = [crossEntropy, ignorantLoss, forOneHot];
