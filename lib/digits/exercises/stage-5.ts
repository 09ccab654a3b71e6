/** Model: one more layer, why relu, and what softmax computes. */
import * as tf from '@tensorflow/tfjs';
import { type Exercise, Mistake, refute } from './exercise';
import { allClose, close, given, shown, theDigitModel, theFunction, theNumbers } from './values';

/** Lists the activations of the Dense layers, those given as layers of their own included. */
export function denseActivations(model: tf.LayersModel): string[] {
  const found: string[] = [];
  for (const layer of model.layers) {
    const { activation } = layer.getConfig() as { activation?: string };
    if (layer.getClassName() === 'Dense') found.push(activation ?? 'linear');
    else if (layer.getClassName() === 'Activation')
      found[found.length - 1] = activation ?? 'linear';
    else if (/relu|elu|softmax/i.test(layer.getClassName())) {
      found[found.length - 1] = layer.getClassName().toLowerCase();
    }
  }
  return found;
}

const deeper: Exercise = {
  id: '5.1',
  verify(answer) {
    const model = theDigitModel(answer);
    const activations = denseActivations(model);
    const hidden = activations.slice(0, -1);
    refute(hidden.length < 2, {
      zh: `隐含层有 ${hidden.length} 个，要两个；输出层不算。`,
      en: `There ${hidden.length === 1 ? 'is 1 hidden layer' : `are ${hidden.length} hidden layers`}; two are wanted, not counting the output.`,
    });
    const linear = hidden.indexOf('linear') + 1;
    refute(linear > 0, {
      zh: `第 ${linear} 个隐含层没有激活函数。线性的层接着线性的层，合起来仍然只是一层（5.2 会证明）。`,
      en: `Hidden layer ${linear} has no activation. A linear layer upon another is still a single one (5.2 proves it).`,
    });
    const sums = tf.tidy(() => {
      const output = model.predict(tf.randomUniform([4, 28, 28])) as tf.Tensor;
      return [...output.sum(1).dataSync(), ...output.min(1).dataSync()];
    });
    refute(
      !sums.slice(0, 4).every(sum => close(sum, 1)) || sums.slice(4).some(least => least < 0),
      {
        zh: `十个输出不是概率：它们的和是 ${shown(sums[0])}，不是 1。输出层少了 softmax。`,
        en: `The ten outputs are no probabilities: they sum to ${shown(sums[0])}, not to 1. The output lacks softmax.`,
      },
    );
    return {
      zh: '每个隐含层都有自己的激活函数，最后是 softmax。它有多少参数，第 6 阶段来算。',
      en: 'Each hidden layer has an activation of its own, and softmax comes last. Stage 6 counts its parameters.',
    };
  },
  hints: [
    {
      zh: '与课程中的模型一样，只是在两个 Dense 之间再 add 一个 Dense，也带激活函数。',
      en: "As the lesson's model, with one more Dense added between its two, with an activation too.",
    },
    {
      zh: "依次 add：flatten({ inputShape: [28, 28] })，两个 dense({ units: …, activation: 'relu' })，一个 dense({ units: 10, activation: 'softmax' })。",
      en: "Add in turn: flatten({ inputShape: [28, 28] }), two dense({ units: …, activation: 'relu' }), one dense({ units: 10, activation: 'softmax' }).",
    },
  ],
};

const merge: Exercise = {
  id: '5.2',
  async verify(answer) {
    const call = theFunction(answer);
    // Square, so that each wrong order of the factors can be computed and recognised.
    const matrix = () => tf.randomUniform<tf.Rank.R2>([3, 3], 1, 2);
    const row = () => tf.randomUniform<tf.Rank.R1>([3], 1, 2);
    const [w1, w2, b1, b2] = [matrix(), matrix(), row(), row()];
    const result = (await call(w1, b1, w2, b2)) as unknown[];
    refute(!Array.isArray(result) || result.length !== 2, {
      zh: '应当返回两样：[w, b]。',
      en: 'Two things are to be returned: [w, b].',
    });
    const [w, b] = [theNumbers(given(result[0])), theNumbers(given(result[1]))];
    const numbers = (tensor: tf.Tensor) => Array.from(tensor.dataSync());
    refute(allClose(w, numbers(w2.matMul(w1))), {
      zh: 'w 的两个因子次序反了：样本先乘 w1，再乘 w2，所以是 w1 · w2。矩阵乘法不能交换。',
      en: 'The factors of w are in the wrong order: a sample meets w1 first, then w2, hence w1 · w2. Matrix products do not commute.',
    });
    refute(allClose(w, numbers(w1.mul(w2))), {
      zh: 'w 是逐个元素相乘得到的（mul），要的是矩阵乘法（matMul）。',
      en: 'w was multiplied element by element (mul); the matrix product is wanted (matMul).',
    });
    refute(!allClose(w, numbers(w1.matMul(w2))), {
      zh: 'w 不对：它应当使 x · w 等于 x · w1 · w2。',
      en: 'w is not right: x · w should equal x · w1 · w2.',
    });
    refute(allClose(b, numbers(b1.add(b2))) || allClose(b, numbers(b2)), {
      zh: 'b 不对：b1 在第一层加上，随后也要经过 w2。把 (x · w1 + b1) · w2 + b2 展开看看。',
      en: 'b is not right: b1 is added in the first layer and then passes through w2 as well. Multiply (x · w1 + b1) · w2 + b2 out.',
    });
    refute(!allClose(b, numbers(b1.reshape([1, 3]).matMul(w2).reshape([3]).add(b2))), {
      zh: 'w 对了，b 还不对：它应当是 x 为 0 时两层的输出。',
      en: 'w is right, b is not: it should be what the two layers give for x = 0.',
    });
    return {
      zh: '两个线性层合起来就是一个线性层。有了中间的 relu，两层才比一层学得多。',
      en: 'Two linear layers are one. It takes the relu between them to learn more than one layer can.',
    };
  },
  hints: [
    {
      zh: '展开 (x · w1 + b1) · w2 + b2：哪些乘着 x，哪些不乘？',
      en: 'Multiply out (x · w1 + b1) · w2 + b2: what stands with x, and what alone?',
    },
    {
      zh: 'w 是 w1.matMul(w2)；b 是 b1 · w2 + b2，其中 b1 要先变成一行：b1.reshape([1, -1])。',
      en: 'w is w1.matMul(w2); b is b1 · w2 + b2, where b1 must be made a row first: b1.reshape([1, -1]).',
    },
  ],
};

const softmax: Exercise = {
  id: '5.3',
  async verify(answer) {
    const call = theFunction(answer);
    for (const logits of [
      [1, 2, 3],
      [0, 0],
      [-2, 0.5, 4],
      [1000, 999],
    ]) {
      const got = theNumbers(await call(logits));
      const highest = Math.max(...logits);
      const powers = logits.map(z => Math.exp(z - highest));
      const sum = powers.reduce((a, b) => a + b);
      const expected = powers.map(power => power / sum);
      if (allClose(got, expected)) continue;
      const total = logits.reduce((a, b) => a + b);
      refute(
        allClose(
          got,
          logits.map(z => z / total),
        ),
        {
          zh: `${shown(logits)}：只除以了总和。要先取 e 的幂，这样负数也会变成正的。`,
          en: `${shown(logits)}: they were only divided by their sum. Take powers of e first, which makes even negative numbers positive.`,
        },
      );
      refute(got.some(Number.isNaN), {
        zh: `${shown(logits)} 得到 ${shown(got)}：e 的 1000 次方太大，成了 Infinity。先把每个数减去最大的数，比值不变。`,
        en: `${shown(logits)} gave ${shown(got)}: e to the 1000 is too large and becomes Infinity. Subtract the largest number from each first; the ratios stay.`,
      });
      throw new Mistake({
        zh: `${shown(logits)} 应当得到 ${shown(expected)}，您得到 ${shown(got)}。`,
        en: `${shown(logits)} should give ${shown(expected)}; yours gives ${shown(got)}.`,
      });
    }
    return {
      zh: '都是正数，和为 1，次序不变。减去最大值这一步，TensorFlow 也是这样做的。',
      en: 'All positive, with sum 1, in the same order. TensorFlow subtracts the largest too.',
    };
  },
  hints: [
    {
      zh: '对每个数取 Math.exp，再各除以它们的和。很大的数要先处理。',
      en: 'Take Math.exp of each, then divide by their sum. Large numbers want care first.',
    },
    {
      zh: '先 const powers = logits.map(z => Math.exp(z - Math.max(...logits)))，再求和、相除。',
      en: 'First const powers = logits.map(z => Math.exp(z - Math.max(...logits))), then sum and divide.',
    },
  ],
};

export const stage5 = [deeper, merge, softmax];
