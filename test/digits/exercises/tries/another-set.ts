/** Right and wrong answers to exercise 10.3. */
import * as tf from '@tensorflow/tfjs';
import { evaluate, fit, predict } from 'digits';
import type { ImageSet, Labels } from 'mnist-data-loader';
import { compiledModel } from '../../../support';
import { mistake, relu, right, smallMnist, softmax, stack, type Tries, tensorOf } from './tries';

type Part = ImageSet[0];

const inputs = ([images]: Part) => tensorOf(images).div(255);
const labels = ([, { data }]: Part) => tf.tensor1d(data as Labels['data'], 'int32');

/** Trains on one part, evaluates on another, and returns one of the results. */
async function learnt(
  train: Part,
  test: Part,
  {
    model = compiledModel(),
    epochs = 2,
    result = 1,
  }: { model?: tf.LayersModel; epochs?: number; result?: number } = {},
): Promise<number> {
  const [x, y, testX, testY] = [inputs(train), labels(train), inputs(test), labels(test)];
  if (epochs > 0) await fit(model, x, y, { batchSize: 100, epochs, verbose: 0, write: () => {} });
  const results = await evaluate(model, testX, testY, { batchSize: 500, verbose: 0 });
  tf.dispose([x, y, testX, testY]);
  return results[result] as number;
}

const learning = (learn: (set: ImageSet) => unknown) => () => learn;

let upright: ReturnType<typeof smallMnist> | undefined;
const outside = () => (upright ??= smallMnist());

export const anotherSet: Tries[string] = {
  right: [
    right(
      'a wider network',
      learning(([train, test]) => {
        const model = stack(relu(256), softmax(10));
        model.compile({
          optimizer: tf.train.adam(0.002),
          loss: 'sparseCategoricalCrossentropy',
          metrics: ['accuracy'],
        });
        return learnt(train, test, { model });
      }),
    ),
    right(
      'counted by hand',
      learning(async ([train, test]) => {
        const model = compiledModel();
        await fit(model, inputs(train), labels(train), { batchSize: 100, epochs: 2, verbose: 0 });
        const digits = predict(model, inputs(test)).argMax(1).dataSync();
        return digits.filter((digit, i) => digit === test[1].data[i]).length / digits.length;
      }),
    ),
    right(
      'trained twice on parts of the set',
      learning(async ([train, test]) => {
        const model = compiledModel();
        const half = train[1].shape[0] / 2;
        const part = (start: number, count: number): Part => [
          train[0].slice(start, count),
          train[1].slice(start, count),
        ];
        await learnt(part(0, half), test, { model });
        return learnt(part(half, half), test, { model });
      }),
    ),
  ],
  wrong: [
    mistake(
      'both results',
      /Several numbers came back/,
      learning(() => [0.3, 0.9]),
    ),
    mistake(
      'data from outside',
      /does not use the set/,
      learning(async () => learnt(...(await outside()))),
    ),
    mistake(
      'the same number always',
      /trains no model/,
      learning(() => 0.9),
    ),
    mistake(
      'the loss',
      /is the loss|not the loss/,
      learning(([train, test]) => learnt(train, test, { result: 0 })),
    ),
    mistake(
      'per cent',
      /Is it a percentage/,
      learning(async ([train, test]) => 100 * (await learnt(train, test))),
    ),
    mistake(
      'no training',
      /trains no model/,
      learning(([train, test]) => learnt(train, test, { epochs: 0 })),
    ),
    mistake(
      'evaluated on the training part',
      /measured on the training set, or/,
      learning(([train]) => learnt(train, train)),
    ),
    mistake(
      'trained on the test part',
      /trained on the test set in set/,
      learning(([, test]) => learnt(test, test, { epochs: 6 })),
    ),
    mistake(
      'the parts exchanged',
      /trained on the test set in set/,
      learning(([train, test]) => learnt(test, train, { epochs: 6 })),
    ),
    mistake(
      'trained on digits from outside',
      /xTrain and the like from outside/,
      learning(async ([, test]) => learnt((await outside())[0], test)),
    ),
    mistake(
      'evaluated on digits from outside',
      /evaluated on the test set in set/,
      learning(async ([train]) => learnt(train, (await outside())[1])),
    ),
    mistake('a model that was trained before', /already trained before/, async () => {
      const model = compiledModel();
      await learnt(...(await outside()), { model, epochs: 1 });
      return ([train, test]: ImageSet) => learnt(train, test, { model });
    }),
    mistake(
      'a tensor',
      /still a tensor/,
      learning(() => tf.scalar(0.9)),
    ),
  ],
};
