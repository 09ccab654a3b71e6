/** The size of a batch: an experiment that the check carries out with the learner's function. */
import type * as tf from '@tensorflow/tfjs';
import { percent } from '../format';
import { itemAt } from '../item-at';
import { type Exercise, refute } from './exercise';
import { testAccuracy } from './sets';
import { theDigitModel, theFunction } from './values';

const SIZES = [16, 64, 512];

interface Run {
  readonly size: number;
  readonly model: tf.LayersModel;
  readonly seconds: number;
  readonly steps: number;
}

export const batchSizes: Exercise = {
  id: '8.2',
  async verify(answer) {
    const train = theFunction(answer);
    // The first training of all also prepares the engine, so it is not timed.
    const warm = await run(train, 64);
    const runs: Run[] = [];
    for (const size of SIZES) runs.push(await run(train, size));
    refute(new Set([warm, ...runs].map(({ model }) => model)).size <= SIZES.length, {
      zh: '几次调用返回的是同一个模型：它接着上一次的结果往下学，不能比较。每次都要在函数里新建模型。',
      en: 'Several calls returned the same model: it went on from where it was, so nothing can be compared. Make a new model within the function each time.',
    });
    compareSteps(runs);
    const results: string[][] = [];
    for (const { size, model, seconds } of runs) {
      const accuracy = await testAccuracy(model);
      refute(accuracy < 0.5, {
        zh: `批次大小为 ${size} 时，模型只认出 ${percent(accuracy, 1)}。样本太少，还是像素没有缩放到 0～1？`,
        en: `With a batch size of ${size}, the model recognises only ${percent(accuracy, 1)}. Are there too few samples, or are the pixels not scaled to 0…1?`,
      });
      results.push([String(size), seconds.toFixed(2), percent(accuracy, 1)]);
    }
    const table = (row: (size?: string, seconds?: string, share?: string) => string) =>
      results.map(result => `\n  ${row(...result)}`).join('');
    return {
      zh: `轮次相同时，批次越小，步数越多：通常更慢，但学得更多。批次越大，通常越快，但学得更少。您的结果：${table((size, seconds, share) => `${size}：${seconds} 秒，${share}`)}`,
      en: `With the same epochs, smaller batches mean more steps: usually slower, and more is learnt. Larger batches are usually faster, and less is learnt. Yours:${table((size, seconds, share) => `${size}: ${seconds} s, ${share}`)}`,
    };
  },
  hints: [
    {
      zh: '函数里依次做三件事：新建模型，等 fit 训练完（await），返回模型。批次大小用参数 batchSize。',
      en: 'The function does three things: it makes a new model, waits for fit (await), and returns the model. The batch size is its parameter, batchSize.',
    },
    {
      zh: 'const made = newModel(); await fit(made, x, y, { batchSize: batchSize, verbose: 0 }); return made; 其中 x 和 y 是 xTrain 和 yTrain 的前面一部分，用 slice 取出。',
      en: 'const made = newModel(); await fit(made, x, y, { batchSize: batchSize, verbose: 0 }); return made; where x and y are the first part of xTrain and yTrain, taken by slice.',
    },
  ],
};

async function run(train: ReturnType<typeof theFunction>, size: number): Promise<Run> {
  const start = performance.now();
  const model = theDigitModel(await train(size));
  const seconds = (performance.now() - start) / 1000;
  const { isTraining, optimizer } = model as unknown as {
    isTraining?: boolean;
    optimizer?: { iterations: number };
  };
  const steps = optimizer?.iterations ?? 0;
  refute(isTraining === true || steps === 0, {
    zh: '函数返回时，模型还没有训练。返回之前要用 fit 训练它，fit 前面要有 await。',
    en: 'When the function returned, the model had not been trained. Train it with fit before you return it, and write await before fit.',
  });
  return { size, model, seconds, steps };
}

/** With the same samples and epochs, steps times batch size is the same but for the last batches. */
function compareSteps(runs: readonly Run[]): void {
  const [small, large] = [itemAt(runs, 0), itemAt(runs, runs.length - 1)];
  refute(new Set(runs.map(({ steps }) => steps)).size === 1, {
    zh: `三次训练都是 ${small.steps} 步：batchSize 没有传给 fit，或者样本、轮次随它而变。`,
    en: `All three took ${small.steps} steps: batchSize is not handed on to fit, or the samples or the epochs change with it.`,
  });
  const seen = ({ size, steps }: Run) => size * steps;
  const ratio = seen(large) / seen(small);
  refute(ratio > 2 || ratio < 0.5, {
    zh: `样本或轮次不相同：批次大小为 ${small.size} 时训练了 ${small.steps} 步，为 ${large.size} 时训练了 ${large.steps} 步。一次实验只改变一样，才能比较。`,
    en: `Samples or epochs were not the same: ${small.steps} steps with a batch size of ${small.size}, ${large.steps} with ${large.size}. An experiment compares only where one thing changes at a time.`,
  });
}
