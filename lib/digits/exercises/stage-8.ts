/** Fit: steps, the size of a batch, and weights that cannot learn. */
import * as tf from '@tensorflow/tfjs';
import { percent } from '../format';
import { itemAt } from '../item-at';
import { type Exercise, Mistake, refute } from './exercise';
import { cure, overfitting } from './overfitting';
import { testAccuracy } from './sets';
import {
  given,
  shown,
  theDigitModel,
  theFields,
  theFunction,
  theNumber,
  theNumbers,
} from './values';

const stepsPerEpoch: Exercise = {
  id: '8.1',
  async verify(answer) {
    const call = theFunction(answer);
    for (const [samples, batchSize, split] of [
      [60_000, 64, 0.2],
      [1000, 64, 0.5],
      [1000, 100, 0],
      [500, 64, 0.2],
    ] as const) {
      const got = theNumber(await call(samples, batchSize, split));
      const exact = (samples * (1 - split)) / batchSize;
      if (got === Math.ceil(exact)) continue;
      const asked = `${samples}, ${batchSize}, ${split}`;
      refute(got === Math.ceil(samples / batchSize) || got === samples / batchSize, {
        zh: `(${asked})：验证集也算进去了。留给验证的样本不参加训练。`,
        en: `(${asked}): this counts the validation samples too, which are not trained on.`,
      });
      refute(got === Math.floor(exact), {
        zh: `(${asked})：${shown(exact)} 舍成了 ${got}，最后不满一批的样本被丢掉了。它们也要训练一步。`,
        en: `(${asked}): ${shown(exact)} was rounded down to ${got}, and the last, smaller batch is lost. It is a step too.`,
      });
      refute(got === exact, {
        zh: `(${asked})：没有 ${shown(got)} 步这样的事，步数是整数。`,
        en: `(${asked}): there is no such thing as ${shown(got)} steps; it is a whole number.`,
      });
      throw new Mistake({
        zh: `(${asked})：应当是 ${Math.ceil(exact)} 步，您得到 ${shown(got)}。`,
        en: `(${asked}): that is ${Math.ceil(exact)} steps; yours is ${shown(got)}.`,
      });
    }
    return {
      zh: '先减去验证集，再除以批次大小，向上取整：这就是进度条里的 750。',
      en: 'Less the validation samples, divided by the batch size, rounded up: the 750 of the progress line.',
    };
  },
  hints: [
    {
      zh: '有多少样本参加训练？除以批次大小。除不尽时，剩下的也是一批。',
      en: 'How many samples are trained on? Divide by the batch size. What is left over is a batch too.',
    },
    {
      zh: 'samples * (1 - validationSplit) 除以 batchSize，再用 Math.ceil。',
      en: 'samples * (1 - validationSplit) divided by batchSize, then Math.ceil.',
    },
  ],
};

const batchSizes: Exercise = {
  id: '8.2',
  async verify(answer) {
    const rows = given(answer) as unknown[];
    refute(!Array.isArray(rows) || rows.length < 3, {
      zh: '这里需要一个数组，每个批次大小一项，至少三项。',
      en: 'An array is wanted here, an item for each batch size, three at least.',
    });
    const read = rows.map(row => {
      const { batchSize, seconds, model } = theFields(row, ['batchSize', 'seconds', 'model']);
      const [size, time] = [theNumber(batchSize), theNumber(seconds)];
      return { size, time, model: theDigitModel(model) };
    });
    refute(new Set(read.map(({ size }) => size)).size < read.length, {
      zh: '批次大小应当各不相同。',
      en: 'The batch sizes should all differ.',
    });
    refute(new Set(read.map(({ model }) => model)).size < read.length, {
      zh: '几次训练用的是同一个模型：它接着上一次的结果往下学，不能比较。每次都要用新模型。',
      en: 'The same model was trained each time: it went on from where it was, so nothing can be compared. Take a new model each time.',
    });
    refute(
      read.some(({ time }) => !(time > 0 && time < 3600)),
      {
        zh: '用时应当是大于 0 的秒数：performance.now() 给出毫秒，开始的时刻在 fit 之前取。',
        en: 'The times should be seconds above 0: performance.now() gives milliseconds, and the start is taken before fit.',
      },
    );
    const lines: { size: number; seconds: string; share: string }[] = [];
    for (const { size, time, model } of read) {
      const accuracy = await testAccuracy(model);
      refute(accuracy < 0.5, {
        zh: `批次大小 ${size} 的模型只认出 ${percent(accuracy, 1)}：它训练过吗？`,
        en: `The model of batch size ${size} recognises only ${percent(accuracy, 1)}: was it trained?`,
      });
      lines.push({ size, seconds: time.toFixed(2), share: percent(accuracy, 1) });
    }
    const table = (row: (run: (typeof lines)[0]) => string) =>
      lines.map(run => `\n  ${row(run)}`).join('');
    return {
      zh: `轮数相同时，批次越小，步数越多：通常更慢，也学得更多；批次越大，通常更快，学得更少。您的结果：${table(({ size, seconds, share }) => `${size}：${seconds} 秒，${share}`)}`,
      en: `With the same epochs, smaller batches mean more steps: usually slower, and more is learnt. Larger ones are usually faster and learn less. Yours:${table(({ size, seconds, share }) => `${size}: ${seconds} s, ${share}`)}`,
    };
  },
  hints: [
    {
      zh: '写一个循环：每次新建模型，取开始时刻，训练，记下用时和模型。',
      en: 'Write a loop: a new model each time, the start taken, fit, then the time and the model noted.',
    },
    {
      zh: 'for (const batchSize of [16, 64, 512]) { … }，里面 const model = newModel()，最后 runs.push({ batchSize, seconds, model })。',
      en: 'for (const batchSize of [16, 64, 512]) { … } with const model = newModel() in it, and at its end runs.push({ batchSize, seconds, model }).',
    },
  ],
};

const failingWeights: Exercise = {
  id: '8.5',
  async verify(answer) {
    const model = theDigitModel(answer);
    const weights = model.getWeights();
    // Even where nothing else learns, the output's biases move towards how common each digit is.
    refute(
      theNumbers(weights.at(-1)).every(value => value === 0),
      {
        zh: '输出层的偏置都还是 0：这个模型没有训练过。它学不会，要训练了才知道。',
        en: 'The biases of the output are all 0 still: this model was not trained. Only training shows that it cannot learn.',
      },
    );
    const accuracy = await testAccuracy(model);
    const hidden = tf.tidy(() => {
      const kernel = itemAt(weights, 0);
      return kernel
        .sub(kernel.slice([0, 0], [-1, 1]))
        .abs()
        .max()
        .asScalar()
        .arraySync();
    });
    refute(accuracy > 0.8 && hidden > 0, {
      zh: `它学会了：认出 ${percent(accuracy, 1)}。隐含层的神经元一开始就各不相同，所以能各学各的。要让它们一开始就一模一样。`,
      en: `It learns: ${percent(accuracy, 1)} recognised. The hidden units differed from the start, so each could learn its own. They must begin all alike.`,
    });
    refute(hidden > 1e-5, {
      zh: '它学得不好，但隐含层的神经元各不相同：原因不在初始权重。',
      en: 'It does not learn well, but its hidden units differ: the reason is not in the first weights.',
    });
    return {
      zh: `只认出 ${percent(accuracy, 1)}：所有神经元从同样的权重出发，得到同样的梯度，永远相同。128 个等于 1 个，所以初始权重必须随机。`,
      en: `Only ${percent(accuracy, 1)} recognised: units that begin alike get the same gradient and stay alike for ever. 128 of them are worth one, so first weights must be random.`,
    };
  },
  hints: [
    {
      zh: 'dense 有一个选项 kernelInitializer。怎样的初始权重，会让所有隐含神经元算出同样的东西？',
      en: 'dense has the option kernelInitializer. With which first weights do all hidden units compute the same?',
    },
    {
      zh: "隐含层也要写 kernelInitializer: 'zeros'，只改输出层不够。compile 以后，用 fit 训练一轮。",
      en: "The hidden layer needs kernelInitializer: 'zeros' too; the output alone is not enough. Then compile, and fit for an epoch.",
    },
  ],
};

export const stage8 = [stepsPerEpoch, batchSizes, overfitting, cure, failingWeights];
