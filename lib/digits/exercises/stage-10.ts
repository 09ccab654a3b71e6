/** Apply: from probabilities to digits, the most certain mistake, and other pictures than digits. */
import * as tf from '@tensorflow/tfjs';
import { type ImageSet, NdArray } from 'mnist-data-loader';
import { itemAt } from '../item-at';
import { type Exercise, Mistake, refute } from './exercise';
import { otherSet, testDigits } from './sets';
import {
  allClose,
  given,
  shown,
  theDigitModel,
  theFields,
  theFunction,
  theNumber,
  theNumbers,
} from './values';

const argMax: Exercise = {
  id: '10.1',
  async verify(answer) {
    const call = theFunction(answer);
    for (const rows of [
      [
        [0.1, 0.2, 0.7],
        [0.6, 0.3, 0.1],
        [0.2, 0.5, 0.3],
      ],
      [
        [0.9, 0.1],
        [0.4, 0.6],
      ],
    ]) {
      const got = theNumbers(await call(rows));
      const expected = rows.map(row => row.indexOf(Math.max(...row)));
      if (allClose(got, expected)) continue;
      refute(
        allClose(
          got,
          rows.map(row => Math.max(...row)),
        ),
        {
          zh: `得到 ${shown(got)}：这是最大的概率本身。要的是它在第几个位置。`,
          en: `${shown(got)}: these are the largest probabilities themselves. Their places are wanted.`,
        },
      );
      const columns = rows[0]?.map((_, i) => rows.map(row => itemAt(row, i))) ?? [];
      refute(
        allClose(
          got,
          columns.map(column => column.indexOf(Math.max(...column))),
        ),
        {
          zh: `得到 ${shown(got)}：这是在每一列里找的。每一行是一个样本，要在行里找（轴 1）。`,
          en: `${shown(got)}: these were looked for in each column. A row is a sample: look within the rows (axis 1).`,
        },
      );
      throw new Mistake({
        zh: `应当得到 ${shown(expected)}，每行一个，您得到 ${shown(got)}。`,
        en: `${shown(expected)} is wanted, one a row; yours is ${shown(got)}.`,
      });
    }
    return {
      zh: '每行一个位置：这就是 argMax(1)。argMax(0) 会沿着列去找。',
      en: 'One place a row: that is argMax(1). argMax(0) would look along the columns.',
    };
  },
  hints: [
    {
      zh: '对每一行：找出最大的数，再找它的位置。',
      en: 'For each row: find the largest number, then its place.',
    },
    {
      zh: 'rows.map(row => row.indexOf(…))，里面用 Math.max(...row)。',
      en: 'rows.map(row => row.indexOf(…)) with Math.max(...row) in it.',
    },
  ],
};

const worstMistake: Exercise = {
  id: '10.2',
  async verify(answer) {
    const fields = theFields(answer, ['network', 'index']);
    const model = theDigitModel(fields.network);
    const index = theNumber(given(fields.index));
    const [x, labels] = await testDigits(10_000);
    const [digits = [], certainty = []] = tf.tidy((): number[][] => {
      const p = model.predict(x, { batchSize: 1000 }) as tf.Tensor;
      return [Array.from(p.argMax(1).dataSync()), Array.from(p.max(1).dataSync())];
    });
    x.dispose();
    const wrong = [...labels.keys()].filter(i => digits[i] !== labels[i]);
    refute(wrong.length > 5000, {
      zh: '这个模型答错了一大半，先训练它。',
      en: 'This model is mostly wrong: train it first.',
    });
    refute(!(index in labels), {
      zh: `测试图片的编号从 0 到 9999，您给的是 ${shown(index)}。`,
      en: `The test pictures are numbered 0 to 9999; this is ${shown(index)}.`,
    });
    refute(digits[index] === labels[index], {
      zh: `第 ${index} 张是 ${labels[index]}，网络答对了。只在答错的图片里找。`,
      en: `Picture ${index} shows the digit ${labels[index]}, and the network is right. Look among the wrong ones only.`,
    });
    const [mine, most] = [
      itemAt(certainty, index),
      Math.max(...wrong.map(i => itemAt(certainty, i))),
    ];
    refute(mine < most - 1e-4, {
      zh: `第 ${index} 张确实答错了，把握是 ${shown(mine)}；但还有答错的图片，把握达到 ${shown(most)}。`,
      en: `Picture ${index} is a mistake, made with a certainty of ${shown(mine)}; but there is one made with ${shown(most)}.`,
    });
    return {
      zh: `第 ${index} 张是 ${labels[index]}，网络以 ${shown(mine)} 的把握说是 ${digits[index]}。概率高不等于正确；看看这张图，也许您也会认错。`,
      en: `Picture ${index} shows the digit ${labels[index]}, and the network says ${digits[index]} with a certainty of ${shown(mine)}. A high probability is no proof; look at the picture, you may be wrong too.`,
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

const anotherSet: Exercise = {
  id: '10.3',
  async verify(answer) {
    const call = theFunction(answer);
    const { name, set, missing } = await otherSet();
    const result = await call(set);
    refute(Array.isArray(result), {
      zh: '返回了几个数。evaluate 给出 [损失, 准确率]，只要第二个。',
      en: 'Several numbers came back. evaluate gives [loss, accuracy]; only the second is wanted.',
    });
    const share = theNumber(result);
    refute(share > 1, {
      zh: `${shown(share)} 大于 1：准确率应当在 0 和 1 之间。`,
      en: `${shown(share)} is above 1: an accuracy lies between 0 and 1.`,
    });
    // With wrong labels to test against, an accuracy that is still high was measured elsewhere.
    const misled = theNumber(await call(mislabelled(set)));
    refute(share > 0.6 && misled > 0.5, {
      zh: '换一组数据，结果几乎一样：函数里用的是 xTrain、xTest 等全局变量，而不是它收到的 set。',
      en: 'With other data the result hardly changes: the function uses xTrain, xTest and the like from outside, not the set it is given.',
    });
    refute(misled > 1, {
      zh: `${shown(share)} 是损失，evaluate 的第一个数。准确率是第二个。`,
      en: `${shown(share)} is the loss, the first number that evaluate gives. The accuracy is the second.`,
    });
    refute(share < 0.6, {
      zh: `${name.zh}：准确率只有 ${shown(share)}。像素除以 255 了吗？训练了几轮？`,
      en: `${name.en}: an accuracy of only ${shown(share)}. Were the pixels divided by 255? For how many epochs was it trained?`,
    });
    return {
      zh: `${name.zh}：准确率 ${shown(share)}。网络并不知道图上是什么；同样的代码，同样的格式，换一组数据照样能学。${missing ? `\n  ${missing.zh}` : ''}`,
      en: `${name.en}: accuracy ${shown(share)}. The network does not know what the pictures show; the same code learns from any set of the format.${missing ? `\n  ${missing.en}` : ''}`,
    };
  },
  hints: [
    {
      zh: '把第 3～9 阶段放进一个函数：拆开 set，除以 255，新建模型，训练，评估。只用参数里的数据。',
      en: 'Put stages 3 to 9 into one function: take the set apart, divide by 255, a new model, fit, evaluate. Use only what the function is given.',
    },
    {
      zh: '先写 const [[trainX, trainY], [testX, testY]] = set，再用 scale(trainX) 等等，最后 return (await evaluate(…))[1]。',
      en: 'First const [[trainX, trainY], [testX, testY]] = set, then scale(trainX) and so on, and at last return (await evaluate(…))[1].',
    },
  ],
};

/** The same set, but each label of its test part is one too large. */
function mislabelled([train, [images, labels]]: ImageSet): ImageSet {
  const wrong = new NdArray(
    'uint8',
    labels.shape,
    labels.data.map(label => (label + 1) % 10),
  );
  return [train, [images, wrong]];
}

export const stage10 = [argMax, worstMistake, anotherSet];
