/** Right and wrong answers to exercise 8.5. */
import * as tf from '@tensorflow/tfjs';
import { fit } from 'digits';
import { samples } from './trained';
import {
  type DenseOptions,
  mistake,
  network,
  relu,
  right,
  softmax,
  stack,
  type Tries,
} from './tries';

/** A network of the lesson's shape with first weights of its own, trained a little. */
const failing =
  (
    hidden: Partial<DenseOptions>,
    output: Partial<DenseOptions>,
    optimizer: () => tf.Optimizer | string = () => 'adam',
  ) =>
  async () => {
    const model = stack(
      { ...relu(128), ...hidden } as DenseOptions,
      { ...softmax(10), ...output } as DenseOptions,
    );
    model.compile({ optimizer: optimizer(), loss: 'sparseCategoricalCrossentropy' });
    const [x, y] = await samples(1000);
    await fit(model, x, y, { verbose: 0, write: () => {} });
    return model;
  };

const zeros = { kernelInitializer: 'zeros' } as const;
const negative = {
  kernelInitializer: tf.initializers.randomUniform({ minval: -0.5, maxval: -0.1 }),
};
const huge = { kernelInitializer: tf.initializers.randomNormal({ stddev: 1000 }) };
export const failingWeights: Tries[string] = {
  right: [
    right('zeros in the hidden layer alone', failing(zeros, {})),
    right(
      'zeros, and no biases',
      failing({ ...zeros, useBias: false }, { ...zeros, useBias: false }),
    ),
    right('units that never come to life', failing(negative, {})),
    right('weights a thousand times too large', failing(huge, huge)),
    right(
      'all the same number',
      failing(
        { kernelInitializer: tf.initializers.constant({ value: 0.05 }) },
        { kernelInitializer: 'ones' },
      ),
    ),
    right('one-hot labels and another optimizer', async () => {
      const model = stack({ ...relu(64), ...zeros }, { ...softmax(10), ...zeros });
      model.compile({ optimizer: tf.train.rmsprop(0.001), loss: 'categoricalCrossentropy' });
      const [x, y] = await samples(200);
      await model.fit(x, tf.oneHot(y.toInt(), 10), { verbose: 0 });
      return model;
    }),
  ],
  wrong: [
    mistake('not trained', /was not trained/, () => {
      const model = stack({ ...relu(128), ...zeros }, { ...softmax(10), ...zeros });
      model.compile({ optimizer: 'adam', loss: 'sparseCategoricalCrossentropy' });
      return model;
    }),
    mistake('not compiled', /has not been compiled/, () =>
      stack({ ...relu(128), ...zeros }, { ...softmax(10), ...zeros }),
    ),
    mistake('zeros in the output alone', /It learns/, failing({}, zeros)),
    mistake(
      'ones in the hidden layer alone',
      /It learns/,
      failing({ kernelInitializer: 'ones' }, {}),
    ),
    mistake(
      'small random weights',
      /It learns/,
      failing({ kernelInitializer: tf.initializers.randomNormal({ stddev: 1e-4 }) }, {}),
    ),
    mistake('the usual weights, trained little', /It learns/, failing({}, {})),
    mistake(
      'a single unit',
      /the reason lies in the model/,
      failing({ units: 1, ...zeros }, zeros),
    ),
    mistake(
      'a learning rate of 0',
      /the reason lies in the model/,
      failing({}, {}, () => tf.train.sgd(0)),
    ),
    mistake(
      'no hidden layer to speak of',
      /the reason lies in the model/,
      failing({ units: 1 }, {}),
    ),
    mistake('the model of the lesson, trained', /It learns/, solutions => network(solutions)),
  ],
};
