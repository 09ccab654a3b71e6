/** A function that learns any set, tried on sets that show where it takes its pictures from. */
import { type ImageSet, NdArray } from 'mnist-data-loader';
import type { Training } from '../training/training-log';
import { type Exercise, Mistake, refute } from './exercise';
import { shareWithin } from './likest';
import { album, otherSet } from './sets';
import { shown } from './shown';
import { trainedBy } from './trained-by';
import { theFunction, theNumber } from './values';

export const anotherSet: Exercise = {
  id: '10.3',
  async verify(answer) {
    const call = theFunction(answer);
    const { name, set, missing } = await otherSet();
    const [train, test] = set;
    const [share, training] = await learnt(call, set);
    refute(share > 1, {
      zh: `${shown(share)} 大于 1：准确率应当在 0 和 1 之间。这是百分数，还是损失？`,
      en: `${shown(share)} is above 1, and an accuracy lies between 0 and 1. Is it a percentage, or is it the loss?`,
    });
    refute(training.again, {
      zh: '函数训练的模型，以前已经训练过。每次都要在函数里新建模型。',
      en: 'The function trains a model that was already trained before. Make a new model within the function each time.',
    });
    refute(shareWithin(training.some, album(test[0])) > 0.5, {
      zh: '模型是用 set 的测试集训练的，它要评估的图片都已经见过。用第一部分训练，用第二部分测试。',
      en: 'The model was trained on the test set in set, and had seen what it was evaluated on. Train on the first part of set, test on the second.',
    });
    refute(shareWithin(training.some, album(train[0])) < 0.5, {
      zh: '函数没有用它收到的 set 来训练，用的是 xTrain 等外面的变量。',
      en: 'The function does not use the set that it is given to train on, but xTrain and the like from outside.',
    });
    refute(Math.max(...training.some) > 2, {
      zh: `像素没有除以 255：训练用的图片里有 ${shown(Math.max(...training.some))}。`,
      en: `The pixels were not divided by 255: there is ${shown(Math.max(...training.some))} in the pictures that were trained on.`,
    });
    refute(share < LEARNT, {
      zh: `${name.zh}：准确率只有 ${shown(share)}。训练了几轮？是用 set 的测试集评估的吗？返回的是准确率，不是损失吗？`,
      en: `${name.en}: an accuracy of only ${shown(share)}. For how many epochs was it trained? Was it evaluated on the test set in set? Is it the accuracy, and not the loss?`,
    });
    // Each label to test against is one too large: of what is rightly learnt, nothing agrees.
    const [misled, second] = await learnt(call, [first(train, 2000), relabelled(test, next)]);
    refute(second.model === training.model, {
      zh: '两次调用训练的是同一个模型。每次都要在函数里新建模型。',
      en: 'Two calls trained the same model. Make a new model within the function each time.',
    });
    refute(misled > 1, {
      zh: `${shown(share)} 是损失，evaluate 的第一个数。准确率是第二个。`,
      en: `${shown(share)} is the loss, the first number that evaluate gives. The accuracy is the second.`,
    });
    refute(misled > LEARNT, {
      zh: '把 set 的测试集标签全改错，结果几乎一样：准确率不是在它的测试集上量的，是在训练集或外面的 xTest 上量的。',
      en: 'With wrong labels in the test set of set, the result hardly changes: the accuracy was measured on the training set, or on xTest from outside, and not on the test set in set.',
    });
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

type Part = ImageSet[0];

/** Lets the function learn a set, and tells what it returned, and what was trained. */
async function learnt(
  call: ReturnType<typeof theFunction>,
  set: ImageSet,
): Promise<[share: number, training: Training]> {
  const { result, trainings } = await trainedBy(() => call(set));
  const share = theAccuracy(result);
  const [training] = trainings;
  if (training) return [share, training];
  throw new Mistake({
    zh: '函数里没有训练过模型。要用 set 训练一个新模型：await fit(model, …)，TensorFlow.js 自己的 model.fit 不算。',
    en: 'The function trains no model. Train a new one on set with await fit(model, …); TensorFlow.js’s own model.fit does not count.',
  });
}

function theAccuracy(result: unknown): number {
  refute(Array.isArray(result), {
    zh: '返回了几个数。evaluate 给出 [损失, 准确率]，只要第二个。',
    en: 'Several numbers came back. evaluate gives [loss, accuracy]; return only the second.',
  });
  return theNumber(result);
}

const first = ([images, labels]: Part, count: number): Part => [
  images.slice(0, count),
  labels.slice(0, count),
];

const next = (label: number): number => (label + 1) % 10;

/** The same pictures under other labels. */
function relabelled([images, { shape, data }]: Part, label: (old: number) => number): Part {
  return [images, new NdArray('uint8', shape, data.map(label))];
}
