/** Models trained a little, on few samples. */
import * as tf from '@tensorflow/tfjs';
import { fit } from 'digits';
import type { FitOptions } from '../../../../lib/digits/training/fit';
import { compiledModel } from '../../../support';
import { relu, smallMnist, softmax, stack, tensorOf } from './tries';

let mnist: ReturnType<typeof smallMnist> | undefined;

/** Pictures and labels to train on, as the notebook has them, from `start` on. */
export async function samples(count: number, start = 0): Promise<[tf.Tensor, tf.Tensor]> {
  mnist ??= smallMnist();
  const [[x, y]] = await mnist;
  const part = x.slice(start, count);
  return [tensorOf(part).div(255), tf.tensor1d(y.slice(start, count).data, 'int32')];
}

/** Options of a training, with the number of samples and what makes its model. */
export interface Options extends FitOptions {
  count?: number;
  model?: () => tf.LayersModel;
}

/** Makes a model that learns something within a few steps. */
export function quick(units = 32): tf.LayersModel {
  const made = stack(relu(units), softmax(10));
  made.compile({ optimizer: tf.train.adam(0.02), loss: 'sparseCategoricalCrossentropy' });
  return made;
}

/** What fit returns of a new model and some samples. */
export const trained =
  ({ count = 300, model = compiledModel, ...options }: Options = {}) =>
  async () => {
    const [x, y] = await samples(count);
    return fit(model(), x, y, { epochs: 30, validationSplit: 0.2, verbose: 0, ...options });
  };
