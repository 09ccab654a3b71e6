/** Right and wrong answers to exercise 10.3. */
import * as tf from '@tensorflow/tfjs';
import type { ImageSet, Labels } from 'mnist-data-loader';
import { evaluate, fit, predict } from '../../../../lib/digits';
import { compiledModel } from '../../../support';
import {
  mistake,
  network,
  relu,
  right,
  smallMnist,
  softmax,
  stack,
  type Tries,
  tensorOf,
} from './tries';

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
      'TensorFlow.js’s own fit',
      learning(async ([train, test]) => {
        const model = compiledModel();
        await model.fit(inputs(train), labels(train).toFloat(), {
          epochs: 2,
          batchSize: 128,
          verbose: 0,
        });
        const [, share] = model.evaluate(inputs(test), labels(test).toFloat()) as tf.Scalar[];
        return share?.dataSync()[0];
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
      /does not use the set/,
      learning(() => 0.9),
    ),
    mistake(
      'the loss',
      /is the loss, the first/,
      learning(([train, test]) => learnt(train, test, { result: 0 })),
    ),
    mistake(
      'per cent',
      /Is it a percentage/,
      learning(async ([train, test]) => 100 * (await learnt(train, test))),
    ),
    mistake(
      'no training',
      /For how many epochs was it trained/,
      learning(([train, test]) => learnt(train, test, { epochs: 0 })),
    ),
    mistake(
      'evaluated on the training part',
      /measured on the training set in set/,
      learning(([train]) => learnt(train, train)),
    ),
    mistake(
      'trained on the test part',
      /trained on the test set in set/,
      learning(([, test]) => learnt(test, test, { epochs: 6 })),
    ),
    mistake(
      'the parts exchanged',
      /are exchanged/,
      learning(([train, test]) => learnt(test, train, { epochs: 6 })),
    ),
    mistake(
      'trained on digits from outside',
      /trained on xTrain from outside/,
      learning(async ([, test]) => learnt((await outside())[0], test)),
    ),
    mistake(
      'evaluated on digits from outside',
      /evaluates on xTest from outside/,
      learning(async ([train]) => learnt(train, (await outside())[1])),
    ),
    mistake('the trained model, trained on', /or it is the trained model/, solutions => {
      const model = copied(network(solutions));
      return ([train, test]: ImageSet) => learnt(train, test, { model });
    }),
    mistake(
      'a tensor',
      /still a tensor/,
      learning(() => tf.scalar(0.9)),
    ),
  ],
};

/** A model of the same weights, compiled alike. */
function copied(model: tf.LayersModel): tf.LayersModel {
  const copy = compiledModel();
  copy.setWeights(model.getWeights());
  return copy;
}
