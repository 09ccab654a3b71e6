/** Evaluate: accuracy, the batch axis, and which digit is taken for which. */
import * as tf from '@tensorflow/tfjs';
import { itemAt } from '../item-at';
import { type Exercise, Mistake, refute } from './exercise';
import { testDigits } from './sets';
import { allClose, close, given, shown, theFunction, theNumber, theNumbers } from './values';

const accuracy: Exercise = {
  id: '9.1',
  async verify(answer) {
    const call = theFunction(answer);
    for (const { labels, predictions } of [
      { labels: [7, 2, 1, 0], predictions: [7, 2, 1, 6] },
      { labels: [3, 3], predictions: [3, 3] },
      { labels: [1, 2, 3, 4, 5], predictions: [5, 2, 4, 3, 1] },
    ]) {
      const got = theNumber(await call(labels, predictions));
      const right = labels.filter((label, i) => label === predictions[i]).length;
      const share = right / labels.length;
      if (close(got, share)) continue;
      const sample = `${shown(labels)}, ${shown(predictions)}`;
      refute(close(got, right), {
        zh: `${sample}：${right} 是答对的个数，还要除以总数。`,
        en: `${sample}: ${right} is how many are right, not yet divided by how many there are.`,
      });
      refute(close(got, 1 - share), {
        zh: `${sample}：${shown(got)} 是答错的比例，要的是答对的。`,
        en: `${sample}: ${shown(got)} is the share that is wrong; the right ones are asked for.`,
      });
      refute(close(got, 100 * share), {
        zh: `${sample}：${shown(got)} 是百分数，要 0 到 1 之间的数。`,
        en: `${sample}: ${shown(got)} is in per cent; a number between 0 and 1 is wanted.`,
      });
      throw new Mistake({
        zh: `${sample}：准确率是 ${shown(share)}，您得到 ${shown(got)}。`,
        en: `${sample}: the accuracy is ${shown(share)}; yours is ${shown(got)}.`,
      });
    }
    return {
      zh: '答对的个数除以总数。它只看哪个概率最大，不管大多少；有多大把握，要看损失。',
      en: 'Right answers divided by all. It asks only which probability is the largest, not by how much: that is in the loss.',
    };
  },
  hints: [
    {
      zh: '数一数有多少个位置上 labels[i] 与 predictions[i] 相同，再除以总数。',
      en: 'Count the places where labels[i] equals predictions[i], and divide by how many there are.',
    },
    {
      zh: 'labels.filter((label, i) => label === predictions[i]).length 是答对的个数。',
      en: 'labels.filter((label, i) => label === predictions[i]).length is how many are right.',
    },
  ],
};

const recognise: Exercise = {
  id: '9.2',
  async verify(answer) {
    const call = theFunction(answer);
    const [x, labels] = await testDigits(100);
    const pictures = tf.unstack(x);
    try {
      let right = 0;
      for (const [i, picture] of pictures.entries()) {
        if ((await theDigit(call, picture)) === labels[i]) right++;
      }
      refute(right < 80, {
        zh: `前 100 张测试图片只答对了 ${right} 张。模型训练过吗？返回的是最大概率的位置吗？`,
        en: `Only ${right} of the first 100 test pictures came out right. Was the model trained? Is it the place of the largest probability that you return?`,
      });
      return {
        zh: `前 100 张答对 ${right} 张。模型总是按批计算，一张图就是大小为 1 的一批。`,
        en: `${right} of the first 100 came out right. A model computes in batches; one picture is a batch of 1.`,
      };
    } finally {
      tf.dispose([x, ...pictures]);
    }
  },
  hints: [
    {
      zh: '先给 picture 加上批次轴，再 predict，再取概率最大的位置，最后读回一个数。',
      en: 'Give the picture its batch axis, predict, take the place of the largest probability, and read back a number.',
    },
    {
      zh: 'predict(model, picture.reshape([1, 28, 28])).argMax(1) 是一个张量，再用 .dataSync()[0] 读出数字。',
      en: 'predict(model, picture.reshape([1, 28, 28])).argMax(1) is a tensor; .dataSync()[0] reads the digit.',
    },
  ],
};

async function theDigit(
  call: (picture: tf.Tensor) => Promise<unknown>,
  picture: tf.Tensor,
): Promise<number> {
  const got = await call(picture).catch((error: Error) => {
    if (error.name !== 'ShapeError') throw error;
    throw new Mistake({
      zh: 'predict 收到的是一张图 (28, 28)，没有批次轴；模型要的是一批图，(None, 28, 28)。',
      en: 'predict was given a single picture, (28, 28), without the batch axis; the model wants a batch of them, (None, 28, 28).',
    });
  });
  const isTensor = got instanceof tf.Tensor;
  refute((isTensor ? got.size : (got as ArrayLike<unknown>).length) === 10, {
    zh: '得到了十个概率。要的是其中最大者的位置，也就是认出的数字。',
    en: 'These are the ten probabilities. The place of the largest is wanted: the digit recognised.',
  });
  return theNumber(got);
}

const confusion: Exercise = {
  id: '9.3',
  async verify(answer) {
    const labels = [7, 2, 1, 0, 4, 1, 4, 9, 5, 9, 9];
    const predictions = [7, 2, 1, 0, 4, 1, 9, 4, 6, 9, 4];
    const result = await theFunction(answer)([...labels], [...predictions]);
    const rows = result instanceof tf.Tensor ? result.arraySync() : given(result);
    refute(!Array.isArray(rows) || rows.length !== 10 || theNumbers(rows).length !== 100, {
      zh: '应当有十行，每行十个数：每个标签一行，每个回答一列。',
      en: 'Ten rows of ten numbers are wanted: a row for each label, a column for each answer.',
    });
    const got = theNumbers(rows);
    const counts = (rows: number[], columns: number[]) =>
      Array.from(
        { length: 100 },
        (_, cell) => rows.filter((row, i) => 10 * row + itemAt(columns, i) === cell).length,
      );
    const expected = counts(labels, predictions);
    refute(allClose(got, counts(predictions, labels)), {
      zh: '行和列反了：5 被认成 6，应当记在第 5 行、第 6 列。行是标签，列是网络的回答。',
      en: 'Rows and columns are exchanged: a 5 taken for a 6 belongs in row 5, column 6. Rows are the labels, columns the answers.',
    });
    refute(Math.max(...got) === 1 && Math.max(...expected) > 1, {
      zh: '每一格最多是 1：同样的一对出现几次，就要数几次，不能只写 1。',
      en: 'No cell is above 1: a pair that occurs twice counts twice. Add up instead of writing 1.',
    });
    refute(
      allClose(
        got,
        expected.map((count, i) => (i % 11 === 0 ? count : 0)),
      ),
      {
        zh: '只数了答对的（对角线）。答错的才告诉我们，哪个数字容易被认成哪个。',
        en: 'Only the right answers were counted, the diagonal. It is the wrong ones that tell which digit is taken for which.',
      },
    );
    const wrong = expected.findIndex((count, i) => !close(itemAt(got, i), count));
    refute(wrong >= 0, {
      zh: `第 ${Math.floor(wrong / 10)} 行、第 ${wrong % 10} 列应当是 ${expected[wrong]}，您得到 ${shown(got[wrong])}。`,
      en: `Row ${Math.floor(wrong / 10)}, column ${wrong % 10} should be ${expected[wrong]}; yours is ${shown(got[wrong])}.`,
    });
    return {
      zh: '对角线上是答对的，其余的格子说出把谁认成了谁。这里 9 两次被认成 4。',
      en: 'Right answers are on the diagonal; the other cells tell what was taken for what. Here a 9 was taken for a 4 twice.',
    };
  },
  hints: [
    {
      zh: '先做十行、每行十个 0。每个样本给第 labels[i] 行、第 predictions[i] 列加 1。',
      en: 'Begin with ten rows of ten zeros. Each sample adds 1 in row labels[i], column predictions[i].',
    },
    {
      zh: 'Array.from({ length: 10 }, () => new Array(10).fill(0))，然后 labels.forEach((label, i) => { … })。',
      en: 'Array.from({ length: 10 }, () => new Array(10).fill(0)), then labels.forEach((label, i) => { … }).',
    },
  ],
};

export const stage9 = [accuracy, recognise, confusion];
