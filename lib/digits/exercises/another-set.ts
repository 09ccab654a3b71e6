/** A function that learns any set, tried on sets that show where it takes its pictures from. */
import { type ImageSet, NdArray } from 'mnist-data-loader';
import type { Text } from '../language';
import { integer } from './drawn';
import { type Exercise, Mistake, refute } from './exercise';
import { digitSet, otherSet } from './sets';
import { shown } from './shown';
import { theFunction, theNumber } from './values';

export const anotherSet: Exercise = {
  id: '10.3',
  async verify(answer) {
    const call = theFunction(answer);
    const measured = async (set: ImageSet) => theAccuracy(await call(set));
    const { name, set, missing } = await otherSet();
    const [train, test] = set;
    // First of all: a model from outside that is trained on here forgets what it knew.
    const elsewhere = await trainedElsewhere(measured);
    const share = await measured(set);
    refute(share > 1, {
      zh: `${shown(share)} 大于 1：准确率应当在 0 和 1 之间。这是百分数，还是损失？`,
      en: `${shown(share)} is above 1, and an accuracy lies between 0 and 1. Is it a percentage, or is it the loss?`,
    });
    // Each label to test against is one too large: of what is rightly learnt, nothing agrees.
    const misled = await measured([first(train, 2000), relabelled(test, next)]);
    refute(misled > 1, {
      zh: `${shown(share)} 是损失，evaluate 的第一个数。准确率是第二个。`,
      en: `${shown(share)} is the loss, the first number that evaluate gives. The accuracy is the second.`,
    });
    if (share < LEARNT)
      throw elsewhere ? new Mistake(TRAINED_ELSEWHERE) : await whySoLittle(name, share, measured);
    if (misled > LEARNT) throw await whyUnmoved(set, measured);
    refute(await exchanged(set, measured), {
      zh: '训练集和测试集用反了：要用 set 的第一部分训练，用第二部分测试。',
      en: 'The training and the test set are exchanged: train on the first part of set, test on the second.',
    });
    refute(elsewhere, TRAINED_ELSEWHERE);
    return {
      zh: `${name.zh}：准确率 ${shown(share)}。网络并不知道图上是什么；同样的代码，同样的格式，换一组数据照样能学。${missing ? `\n  ${missing.zh}` : ''}`,
      en: `${name.en}: accuracy ${shown(share)}. The network does not know what the pictures show; the same code learns from any set of this format.${missing ? `\n  ${missing.en}` : ''}`,
    };
  },
  hints: [
    {
      zh: '把第 3～9 阶段放进一个函数：拆开 set，除以 255，新建模型，训练，评估。只用参数里的数据。',
      en: 'Put stages 3 to 9 into one function: take the set apart, divide by 255, make a new model, fit, evaluate. Use only the data that the function is given.',
    },
    {
      zh: '先写 const [[trainX, trainY], [testX, testY]] = set，再用 scale(trainX) 等等，最后 return (await evaluate(…))[1]。',
      en: 'First const [[trainX, trainY], [testX, testY]] = set, then scale(trainX) and so on, and at last return (await evaluate(…))[1].',
    },
  ],
};

/** The accuracy above which a set was learnt: guessing gives 0.1. */
const LEARNT = 0.6;

type Measured = (set: ImageSet) => Promise<number>;
type Part = ImageSet[0];

function theAccuracy(result: unknown): number {
  refute(Array.isArray(result), {
    zh: '返回了几个数。evaluate 给出 [损失, 准确率]，只要第二个。',
    en: 'Several numbers came back. evaluate gives [loss, accuracy]; return only the second.',
  });
  return theNumber(result);
}

/** Nonsense to learn from, digits to test with: only a model trained elsewhere recognises them. */
async function trainedElsewhere(measured: Measured): Promise<boolean> {
  const [train, test] = await digitSet();
  return (await measured([relabelled(first(train, 100), anyDigit), test])) > 0.4;
}

/** Whoever learns from nothing but ones recognises nothing else. */
const exchanged = async ([train, test]: ImageSet, measured: Measured): Promise<boolean> =>
  (await measured([first(train, 2000), onlyOnes(test)])) < 0.4 &&
  (await measured([onlyOnes(train), test])) > 0.4;

const TRAINED_ELSEWHERE = {
  zh: '就算 set 的训练集全是乱标的，它也认得数字：模型是用外面的 xTrain 训练的，或者用了已经训练好的 model。要用 set 训练一个新模型。',
  en: 'Even where the training labels in set are nonsense, it recognises digits: its model was trained on xTrain from outside, or it is the trained model. Train a new one on set.',
};

async function whySoLittle(name: Text, share: number, measured: Measured): Promise<Mistake> {
  const [train, test] = await digitSet();
  // It learns digits; to test with, there are wrong labels in the set, and right ones outside.
  if ((await measured([first(train, 2000), relabelled(test, next)])) > LEARNT) {
    return new Mistake({
      zh: '它用 set 训练，却用外面的 xTest 来评估。要用 set 里的测试集。',
      en: 'It trains on set, but evaluates on xTest from outside. Take the test set in set.',
    });
  }
  return new Mistake({
    zh: `${name.zh}：准确率只有 ${shown(share)}。像素除以 255 了吗？训练了几轮？`,
    en: `${name.en}: an accuracy of only ${shown(share)}. Were the pixels divided by 255? For how many epochs was it trained?`,
  });
}

/** With wrong labels to test against, an accuracy that is still high was measured elsewhere. */
async function whyUnmoved([train, test]: ImageSet, measured: Measured): Promise<Mistake> {
  if ((await measured([relabelled(train, anyDigit), test])) < LEARNT) {
    return new Mistake({
      zh: '准确率是在 set 的训练集上量的。要在它的测试集上评估，那些图片模型没有见过。',
      en: 'The accuracy was measured on the training set in set. Evaluate on its test set, which the model has not seen.',
    });
  }
  if ((await measured([train, relabelled(test, anyDigit)])) < LEARNT) {
    return new Mistake({
      zh: '模型是用 set 的测试集训练的，它要评估的图片都已经见过。要用训练集来训练。',
      en: 'The model was trained on the test set in set, and had seen what it was evaluated on. Train it on the training set.',
    });
  }
  return new Mistake({
    zh: '换一组数据，结果几乎一样：函数没有用到它收到的 set，用的是 xTrain、xTest 等外面的变量，或者一个写死的数。',
    en: 'With other data the result hardly changes: the function does not use the set that it is given, but xTrain, xTest and the like from outside, or a number written down.',
  });
}

const first = ([images, labels]: Part, count: number): Part => [
  images.slice(0, count),
  labels.slice(0, count),
];

const next = (label: number): number => (label + 1) % 10;
const anyDigit = (): number => integer(0, 9);

/** The same pictures under other labels. */
function relabelled([images, { shape, data }]: Part, label: (old: number) => number): Part {
  return [images, new NdArray('uint8', shape, data.map(label))];
}

/** Those of the pictures that have the label 1. */
function onlyOnes([{ data, shape }, labels]: Part): Part {
  const places = [...labels.data.keys()].filter(i => labels.data[i] === 1);
  const [, rows, columns] = shape;
  const size = rows * columns;
  const pictures = new Uint8Array(places.length * size);
  for (const [i, place] of places.entries()) {
    pictures.set(data.subarray(place * size, (place + 1) * size), i * size);
  }
  return [
    new NdArray('uint8', [places.length, rows, columns], pictures),
    new NdArray('uint8', [places.length], new Uint8Array(places.length).fill(1)),
  ];
}
