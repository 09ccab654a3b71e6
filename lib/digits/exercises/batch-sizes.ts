/** The size of a batch: an experiment that the check carries out with the learner's function. */
import type * as tf from '@tensorflow/tfjs';
import { percent } from '../format';
import type { Training } from '../training/training-log';
import { type Exercise, Mistake, refute } from './exercise';
import { testAccuracy } from './sets';
import { trainedBy } from './trained-by';
import { theDigitModel, theFunction } from './values';

const SIZES = [16, 64, 512];

type Run = Training & { readonly seconds: number };

export const batchSizes: Exercise = {
  id: '8.2',
  async verify(answer) {
    const train = theFunction(answer);
    // The first training of all also prepares the engine, so it is not timed.
    const warm = await run(train, 64);
    const runs: Run[] = [];
    for (const size of SIZES) runs.push(await run(train, size));
    refute(
      [warm, ...runs].some(({ again }) => again),
      {
        zh: '函数训练的是同一个模型，或者早已训练过的模型：它接着上一次的结果往下学，不能比较。每次都要在函数里新建模型。',
        en: 'Several calls trained the same model, or one that was trained before: it went on from where it was, so nothing can be compared. Make a new model within the function each time.',
      },
    );
    for (const training of runs) refuteOther(training, runs);
    const results: string[][] = [];
    for (const { batchSize: size, model, seconds } of runs) {
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
  const { result, trainings } = await trainedBy(() => train(size));
  const seconds = (performance.now() - start) / 1000;
  const model = theDigitModel(result);
  const training = trainings.find(candidate => candidate.model === model);
  if (!training) {
    throw new Mistake({
      zh: '函数返回时，模型还没有训练。返回之前要用 fit 训练它，fit 前面要有 await；TensorFlow.js 自己的 model.fit 不算。',
      en: 'When the function returned, the model had not been trained. Train it with fit before you return it, and write await before fit; TensorFlow.js’s own model.fit does not count.',
    });
  }
  refute(training.batchSize !== size, {
    zh: `收到的批次大小是 ${size}，训练时用的却是 ${training.batchSize}：batchSize 没有传给 fit。`,
    en: `The function was given the batch size ${size}, and trained with ${training.batchSize}: batchSize is not handed on to fit.`,
  });
  return { ...training, seconds };
}

/** An experiment compares only if one thing changes at a time. */
function refuteOther({ model, data, history, batchSize }: Run, [first]: readonly Run[]): void {
  const epochs = history.loss?.length ?? 0;
  refute(epochs !== 1, {
    zh: `批次大小为 ${batchSize} 时训练了 ${epochs} 轮，应当是一轮。`,
    en: `With a batch size of ${batchSize} it was trained for ${epochs} epochs, not 1.`,
  });
  const [samples, others] = [data.x.shape[0], first?.data.x.shape[0]];
  refute(samples !== others, {
    zh: `样本不一样多：批次大小为 ${batchSize} 时是 ${samples} 个，为 ${first?.batchSize} 时是 ${others} 个。一次实验只改变一样，才能比较。`,
    en: `The samples were not the same: ${samples} with a batch size of ${batchSize}, ${others} with ${first?.batchSize}. An experiment compares only if one thing changes at a time.`,
  });
  refute(first !== undefined && kindOf(model) !== kindOf(first.model), {
    zh: '几次训练的不是同样的模型，或者优化器不同。一次实验只改变一样，才能比较。',
    en: 'It was not the same model, or not the same optimizer, each time. An experiment compares only if one thing changes at a time.',
  });
}

/** Writes what a model is made of: the sizes of its weights, and its optimizer. */
const kindOf = ({ weights, optimizer }: tf.LayersModel): string =>
  JSON.stringify([
    weights.map(({ shape }) => shape),
    optimizer.getClassName(),
    optimizer.getConfig(),
  ]);
