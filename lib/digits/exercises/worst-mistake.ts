/** The mistake that a model makes with the greatest certainty. */
import * as tf from '@tensorflow/tfjs';
import { itemAt } from '../item-at';
import { type Exercise, Mistake, refute } from './exercise';
import { testDigits } from './sets';
import { shown } from './shown';
import { given, theDigitModel, theFields, theNumber } from './values';

export const worstMistake: Exercise = {
  id: '10.2',
  async verify(answer) {
    const fields = theFields(answer, ['network', 'index']);
    const model = theDigitModel(fields.network);
    const index = theNumber(given(fields.index));
    const [x, labels] = await testDigits(10_000);
    const { digits, certainty, ofLabel } = predictions(model, x, labels);
    x.dispose();
    const wrong = [...labels.keys()].filter(i => digits[i] !== labels[i]);
    refute(wrong.length > 5000, {
      zh: '这个模型答错了一大半，先训练它。',
      en: 'This model is mostly wrong: train it first.',
    });
    const most = Math.max(...wrong.map(i => itemAt(certainty, i)));
    refute(!Number.isInteger(index) && index > 0 && index < 1, {
      zh: `${shown(index)} 是把握，要的是那张图片的编号。`,
      en: `${shown(index)} is a certainty; give the number of the picture instead.`,
    });
    refute(!(index in labels), {
      zh: `测试图片的编号从 0 到 9999，您给的是 ${shown(index)}。`,
      en: `The test pictures are numbered 0 to 9999; this is ${shown(index)}.`,
    });
    const isWorst = (i: number) => digits[i] !== labels[i] && itemAt(certainty, i) >= most - 1e-4;
    if (!isWorst(index)) {
      const [label, digit, mine] = [labels[index], digits[index], itemAt(certainty, index)];
      const place = wrong[index];
      refute(place !== undefined && isWorst(place), {
        zh: `${index} 是它在答错的图片里排第几，不是它在测试集里的编号。`,
        en: `${index} is its place in the list of mistakes, not its number in the test set.`,
      });
      refute(digit === label, {
        zh: `第 ${index} 张是 ${label}，网络答对了。只在答错的图片里找。`,
        en: `Picture ${index} shows the digit ${label}, and the network is right. Look among the wrong ones only.`,
      });
      refute(itemAt(ofLabel, index) <= Math.min(...ofLabel) + 1e-9, {
        zh: `第 ${index} 张给正确答案的概率最小；但题目问的是网络给自己的回答的概率（把握）。这里把握是 ${shown(mine)}，还有答错的图片达到 ${shown(most)}。`,
        en: `Picture ${index} gives the right answer the smallest probability; but the question is how certain the network is of its own. Here that is ${shown(mine)}, and there is a mistake made with ${shown(most)}.`,
      });
      throw new Mistake({
        zh: `第 ${index} 张确实答错了，把握是 ${shown(mine)}；但还有答错的图片，把握达到 ${shown(most)}。`,
        en: `Picture ${index} is a mistake, made with a certainty of ${shown(mine)}; but there is one made with ${shown(most)}.`,
      });
    }
    return {
      zh: `第 ${index} 张是 ${labels[index]}，网络以 ${shown(certainty[index])} 的把握说是 ${digits[index]}。概率高不等于正确；看看这张图，也许您也会认错。`,
      en: `Picture ${index} shows the digit ${labels[index]}, and the network says ${digits[index]} with a certainty of ${shown(certainty[index])}. A high probability is no proof; look at the picture, you may be wrong, too.`,
    };
  },
  hints: [
    {
      zh: '对全部测试图片 predict；argMax(1) 是回答，max(1) 是把握。只看回答与标签不同的，找把握最大的一张。',
      en: 'Predict all test pictures; argMax(1) is the answer, max(1) the certainty. Among those whose answer is not the label, find the most certain.',
    },
    {
      zh: '循环 i 从 0 到 9999：如果 digits[i] !== testY.data[i] 并且 certainty[i] 大于目前最大的，就记下 i。',
      en: 'Let i go from 0 to 9999: where digits[i] !== testY.data[i] and certainty[i] is above the largest so far, note i.',
    },
  ],
};

/** Computes the model's answers, how certain it is of them, and what it gives the right ones. */
function predictions(model: tf.LayersModel, x: tf.Tensor, labels: Uint8Array) {
  return tf.tidy(() => {
    const p = model.predict(x, { batchSize: 1000 }) as tf.Tensor;
    const right = tf.oneHot(tf.tensor1d(labels, 'int32'), 10);
    const numbers = (tensor: tf.Tensor) => Array.from(tensor.dataSync());
    return {
      digits: numbers(p.argMax(1)),
      certainty: numbers(p.max(1)),
      ofLabel: numbers(p.mul(right).sum(1)),
    };
  });
}
