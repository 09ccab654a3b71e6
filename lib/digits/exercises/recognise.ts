/** A single picture, recognised by the model that the learner has trained. */
import * as tf from '@tensorflow/tfjs';
import { itemAt } from '../item-at';
import { integer } from './drawn';
import { type Exercise, Mistake, refute } from './exercise';
import { testDigits } from './sets';
import { shown, theFunction, theNumber } from './values';

const COUNT = 100;

export const recognise: Exercise = {
  id: '9.2',
  async verify(answer) {
    const call = theFunction(answer);
    const [x, labels] = await testDigits(10_000);
    const start = integer(0, labels.length - COUNT);
    const pictures = tf.tidy(() => tf.unstack(x.slice(start, COUNT)));
    x.dispose();
    try {
      const digits: number[] = [];
      for (const picture of pictures) digits.push(await theDigit(call, picture));
      const right = digits.filter((digit, i) => digit === labels[start + i]).length;
      const [first] = digits;
      refute(new Set(digits).size === 1, {
        zh: `${COUNT} 张不同的图片，得到的都是 ${first}。用到 picture 了吗？模型训练过吗？像素已经在 0～1 之间，不用再除。`,
        en: `For ${COUNT} different pictures the answer is always ${first}. Is picture used, and was the model trained? The pixels are between 0 and 1 already and need no scaling.`,
      });
      const next = digits.filter((digit, i) => digit === itemAt(labels, start + i) + 1).length;
      refute(next > 80, {
        zh: '每个回答都大了 1：位置从 0 数起，第 0 个概率就是数字 0 的。',
        en: 'Every answer is 1 too large: places count from 0, and the probability at place 0 is that of the digit 0.',
      });
      refute(right < 80, {
        zh: `${COUNT} 张测试图片只答对了 ${right} 张。模型训练过吗？像素已经在 0～1 之间，不用再除；返回的应当是最大概率的位置。`,
        en: `Only ${right} of ${COUNT} test pictures came out right. Was the model trained? The pixels are between 0 and 1 already and need no scaling; return the place of the largest probability.`,
      });
      return {
        zh: `${COUNT} 张测试图片答对 ${right} 张。模型总是按批计算，一张图就是大小为 1 的一批。`,
        en: `${right} of ${COUNT} test pictures came out right. A model computes in batches; one picture is a batch of 1.`,
      };
    } finally {
      tf.dispose(pictures);
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

/** Asks for a picture's digit, and says what else came. */
async function theDigit(
  call: (picture: tf.Tensor) => Promise<unknown>,
  picture: tf.Tensor,
): Promise<number> {
  const got = await call(picture).catch((error: Error) => {
    throw badShape(error) ?? error;
  });
  const read = got instanceof tf.Tensor ? Array.from(got.dataSync()) : got;
  if (Array.isArray(read) || ArrayBuffer.isView(read))
    refuteTen(Array.from(read as number[]).flat());
  const digit = theNumber(got);
  refute(!Number.isInteger(digit), {
    zh: `得到 ${shown(digit)}：这是最大的概率本身。要的是它的位置，也就是认出的数字。`,
    en: `${shown(digit)}: that is the largest probability itself. Return its place, which is the digit recognised.`,
  });
  return digit;
}

function refuteTen(values: readonly number[]): void {
  refute(values.length === 10 && values.every(Number.isInteger), {
    zh: '得到了十个整数：argMax(0) 沿着批次轴去找，而这一批只有一张图。要在十个概率中找，用 argMax(1)。',
    en: 'These are ten whole numbers: argMax(0) looks along the batch axis, and the batch has only one picture. argMax(1) looks among the ten probabilities.',
  });
  refute(values.length === 10, {
    zh: '得到了十个概率。要的是其中最大者的位置，也就是认出的数字。',
    en: 'These are the ten probabilities. Return the place of the largest, which is the digit recognised.',
  });
}

/** Says what is wrong with the shape that predict was given, whether ours or TensorFlow.js's own. */
function badShape({ message }: Error): Mistake | undefined {
  const [, received] = /(?:收到的是|received|with shape) [([]([\d, ]+)[)\]]/.exec(message) ?? [];
  if (!received) return undefined;
  const shape = received.split(',').filter(Boolean).map(Number);
  if (String(shape) === '28,28') {
    return new Mistake({
      zh: 'predict 收到的是一张图 (28, 28)，没有批次轴；模型要的是一批图，(None, 28, 28)。',
      en: 'predict was given a single picture, (28, 28), without the batch axis; the model takes a batch of them, (None, 28, 28).',
    });
  }
  const given = `(${shape.join(', ')})`;
  return new Mistake({
    zh: `predict 收到的形状是 ${given}；模型要的是 (None, 28, 28)：批次轴在最前面，然后是一张图的 28 行、28 列。展平由模型自己的 Flatten 层来做。`,
    en: `predict was given the shape ${given}; the model takes (None, 28, 28): the batch axis first, then the 28 rows and 28 columns of a picture. Its own layer Flatten lays them out.`,
  });
}
