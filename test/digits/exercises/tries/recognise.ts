/** Right and wrong answers to exercise 9.2. */
import * as tf from '@tensorflow/tfjs';
import { predict } from 'digits';
import { compiledModel } from '../../../support';
import { mistake, network, right, type Tries } from './tries';

/** A function that recognises a picture with the trained model. */
const seen =
  (use: (model: tf.LayersModel, picture: tf.Tensor) => unknown) =>
  (solutions: ReadonlyMap<string, unknown>) =>
  (picture: tf.Tensor) =>
    use(network(solutions), picture);

const one = (picture: tf.Tensor) => picture.reshape([1, 28, 28]);

export const recognise: Tries[string] = {
  right: [
    right(
      'an axis added in front',
      seen(
        (model, picture) =>
          (predict(model, picture.expandDims()).argMax(1).arraySync() as number[])[0],
      ),
    ),
    right(
      'TensorFlow.js’s own predict, later',
      seen(async (model, picture) => {
        const p = model.predict(one(picture)) as tf.Tensor;
        return (await p.argMax(-1).data())[0];
      }),
    ),
    right(
      'laid out flat and back, the picture freed',
      seen((model, picture) => {
        const probabilities = Array.from(
          predict(model, picture.flatten().reshape([-1, 28, 28])).dataSync(),
        );
        picture.dispose();
        return probabilities.indexOf(Math.max(...probabilities));
      }),
    ),
    right(
      'stacked',
      seen(
        (model, picture) =>
          predict(model, tf.stack([picture]))
            .argMax(1)
            .dataSync()[0],
      ),
    ),
  ],
  wrong: [
    mistake(
      'no batch axis',
      /without the batch axis/,
      seen((model, picture) => predict(model, picture).argMax(1).dataSync()[0]),
    ),
    mistake(
      'no batch axis, TensorFlow.js’s own predict',
      /without the batch axis/,
      seen((model, picture) => model.predict(picture)),
    ),
    mistake(
      'laid flat',
      /was given the shape \(1, 784\)/,
      seen(
        (model, picture) =>
          predict(model, picture.reshape([1, 784]))
            .argMax(1)
            .dataSync()[0],
      ),
    ),
    mistake(
      'the axis at the end',
      /was given the shape \(28, 28, 1\)/,
      seen((model, picture) => predict(model, picture.expandDims(-1))),
    ),
    mistake(
      'the probabilities',
      /These are the ten probabilities/,
      seen((model, picture) => predict(model, one(picture)).dataSync()),
    ),
    mistake(
      'along the batch',
      /argMax\(0\) looks along the batch axis/,
      seen((model, picture) => predict(model, one(picture)).argMax(0)),
    ),
    mistake(
      'not read back',
      /still a tensor/,
      seen((model, picture) => predict(model, one(picture)).argMax(1)),
    ),
    mistake(
      'the largest itself',
      /the largest probability itself/,
      seen((model, picture) => predict(model, one(picture)).max(1).dataSync()[0]),
    ),
    mistake(
      'places counted from 1',
      /1 too large/,
      seen(
        (model, picture) => (predict(model, one(picture)).argMax(1).dataSync()[0] as number) + 1,
      ),
    ),
    mistake('the same for all', /Is picture used/, () => () => 7),
    mistake(
      'scaled twice',
      /need no scaling|Is picture used/,
      seen((model, picture) => predict(model, one(picture).div(255)).argMax(1).dataSync()[0]),
    ),
    mistake(
      'the smallest',
      /Only \d+ of 100/,
      seen((model, picture) => predict(model, one(picture)).argMin(1).dataSync()[0]),
    ),
    mistake('a text', /'7' is text, not a number/, () => () => '7'),
    mistake('a model that was not trained', /was the model trained|Was the model trained/, () => {
      const model = compiledModel();
      return (picture: tf.Tensor) => predict(model, one(picture)).argMax(1).dataSync()[0];
    }),
  ],
};
