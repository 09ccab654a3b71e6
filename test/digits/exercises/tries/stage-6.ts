/** Right and wrong answers to the exercises of stage 6. */
import * as tf from '@tensorflow/tfjs';
import { call, mistake, relu, right, softmax, stack, type Tries } from './tries';

type Count = (inputs: number, units: number) => unknown;
const dense = (count: Count) => call(count);

const FIRST = 784 * 64 + 64;
const SECOND = 64 * 32 + 32;
const OUTPUT = 32 * 10 + 10;
const small = () => stack(relu(64), relu(32), softmax(10));
const counted =
  (parameters: unknown, model: () => tf.LayersModel = small) =>
  () => ({
    model: model(),
    parameters,
  });

/** The small model, its layers in a model within the model. */
function nested(): tf.Sequential {
  const outer = tf.sequential();
  outer.add(stack(relu(64), relu(32)));
  outer.add(tf.layers.dense({ units: 10, activation: 'softmax' }));
  return outer;
}

/** The small model, made by calling its layers. */
function functional(): tf.LayersModel {
  const input = tf.input({ shape: [28, 28] });
  const layers = [
    tf.layers.flatten(),
    tf.layers.dense({ units: 64, activation: 'relu' }),
    tf.layers.dropout({ rate: 0.2 }),
    tf.layers.dense({ units: 32, activation: 'relu' }),
    tf.layers.dense({ units: 10, activation: 'softmax' }),
  ];
  const output = layers.reduce((x, layer) => layer.apply(x) as tf.SymbolicTensor, input);
  return tf.model({ inputs: input, outputs: output });
}

/** Two hidden layers, the first without biases. */
const unbiased = () => stack({ ...relu(64), useBias: false }, relu(32), softmax(10));

export const stage6: Tries = {
  '6.1': {
    right: [
      right(
        'one unit, times the units',
        dense((inputs, units) => (inputs + 1) * units),
      ),
      right(
        'what a layer says',
        dense((inputs, units) => {
          const model = tf.sequential({
            layers: [tf.layers.dense({ units, inputShape: [inputs] })],
          });
          return model.countParams();
        }),
      ),
      right(
        'added one by one, and later',
        dense(async (inputs, units) => {
          let parameters = 0;
          for (let unit = 0; unit < units; unit++) parameters += inputs + 1;
          return parameters;
        }),
      ),
    ],
    wrong: [
      mistake('a number in place of a function', /This should be a function/, () => 100_480),
      mistake(
        'a product of all',
        /should be 100480; yours is 200704/,
        dense((inputs, units) => 2 * inputs * units),
      ),
    ],
  },
  '6.2': {
    right: [
      right(
        'other widths',
        counted(784 * 20 + 20 + 20 * 30 + 30 + 30 * 10 + 10, () =>
          stack(relu(20), relu(30), softmax(10)),
        ),
      ),
      right('a model within the model', counted(FIRST + SECOND + OUTPUT, nested)),
      right('a functional model with Dropout', counted(FIRST + SECOND + OUTPUT, functional)),
      right('a layer without biases', counted(784 * 64 + SECOND + OUTPUT, unbiased)),
      right('counted by the model', () => ({ model: small(), parameters: small().countParams() })),
    ],
    wrong: [
      mistake(
        'too wide',
        /not fewer than 101,770/,
        counted(109_386, () => stack(relu(128), relu(64), softmax(10))),
      ),
      mistake(
        'weights alone',
        /106 biases are missing/,
        counted(FIRST - 64 + SECOND - 32 + OUTPUT - 10),
      ),
      mistake(
        'one hidden layer',
        /has 1 hidden layer;/,
        counted(FIRST + 650, () => stack(relu(64), softmax(10))),
      ),
      mistake(
        'three hidden layers',
        /has 3 hidden layers;/,
        counted(FIRST + SECOND + 32 * 16 + 16 + 170, () =>
          stack(relu(64), relu(32), relu(16), softmax(10)),
        ),
      ),
      mistake(
        'no output layer',
        /The 330 of the output layer are missing/,
        counted(FIRST + SECOND),
      ),
      mistake('the first layer alone', /those of the first hidden layer/, counted(FIRST)),
      mistake('28 inputs', /Flatten hands on 784 numbers/, counted(28 * 64 + 64 + SECOND + OUTPUT)),
      mistake('the model of the lesson', /the model of the lesson/, counted(101_770)),
      mistake(
        'the count as text',
        /'52650' is text, not a number/,
        counted(String(FIRST + SECOND + OUTPUT)),
      ),
      mistake(
        'eleven outputs',
        /ten numbers for each picture/,
        counted(52_683, () => stack(relu(64), relu(32), softmax(11))),
      ),
    ],
  },
};
