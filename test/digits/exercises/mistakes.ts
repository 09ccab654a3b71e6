/** Two typical mistakes for each exercise, and what the learner is told of them. */
import * as tf from '@tensorflow/tfjs';
import mnist, { type ImageSet, type Images } from 'mnist-data-loader';
import { evaluate, fit, predict } from '../../../lib/digits';
import { itemAt } from '../../../lib/digits/item-at';
import { compiledModel } from '../../support';

export interface TypicalMistake {
  readonly what: string;
  /** Made from the right answers to the exercises. */
  readonly answer: (right: ReadonlyMap<string, unknown>) => unknown;
  readonly says: RegExp;
}

const mistake = (what: string, says: RegExp, answer: TypicalMistake['answer']): TypicalMistake => ({
  what,
  says,
  answer,
});

type Call = (...values: never[]) => unknown;
const call = (make: Call) => () => make;

const network = (right: ReadonlyMap<string, unknown>) =>
  (right.get('10.2') as { network: tf.LayersModel }).network;

type DenseOptions = Parameters<typeof tf.layers.dense>[0];

/** A stack of Dense layers on pictures of 28 × 28. */
function stack(...layers: DenseOptions[]): tf.Sequential {
  const model = tf.sequential();
  model.add(tf.layers.flatten({ inputShape: [28, 28] }));
  for (const layer of layers) model.add(tf.layers.dense(layer));
  return model;
}

const relu = (units: number): DenseOptions => ({ units, activation: 'relu' });
const softmax = (units: number): DenseOptions => ({ units, activation: 'softmax' });
const tensorOf = ({ data, shape }: Images) => tf.tensor3d(data, shape, 'float32');
const sum = (values: number[]) => values.reduce((a, b) => a + b);

/** Trains on the set that it is given, or on another one. */
async function learnt(
  [[trainX, trainY], [testX, testY]]: ImageSet,
  { epochs = 2, result = 1 } = {},
): Promise<number | undefined> {
  const inputs = (images: Images) => tensorOf(images).div(255);
  const labels = (values: typeof trainY) => tf.tensor1d(values.data, 'int32');
  const model = compiledModel();
  if (epochs > 0) await fit(model, inputs(trainX), labels(trainY), { epochs, verbose: 0 });
  return (await evaluate(model, inputs(testX), labels(testY), { verbose: 0 }))[result];
}

async function smallMnist(): Promise<ImageSet> {
  const [train, test] = await mnist.loadData();
  return [
    [train[0].slice(0, 3000), train[1].slice(0, 3000)],
    [test[0].slice(0, 1000), test[1].slice(0, 1000)],
  ];
}

export const mistakes: Record<string, TypicalMistake[]> = {
  '1.1': [
    mistake('an array in place of a tensor', /a value of JavaScript's/, () => [
      [1, 2, 3],
      [4, 5, 6],
    ]),
    mistake('rows and columns exchanged', /three rows of two/, () =>
      tf.tensor([1, 2, 3, 4, 5, 6], [3, 2]),
    ),
    mistake('a single axis', /a single axis/, () => tf.tensor1d([1, 2, 3, 4, 5, 6])),
  ],
  '1.2': [
    mistake(
      'a tensor, not read back',
      /still a tensor/,
      () => (values: number[]) => tf.tensor1d(values).mean(),
    ),
    mistake(
      'the sum',
      /not yet divided/,
      call((values: number[]) => sum(values)),
    ),
  ],
  '2.1': [
    mistake(
      'the first of an empty list',
      /gpus\[0\] finds nothing/,
      call((gpus: string[]) => gpus[0]),
    ),
    mistake(
      'an error for an empty list',
      /For an empty list 'CPU' is wanted/,
      call(([gpu]: [string]) => gpu.trim()),
    ),
    mistake('always the CPU', /still your function says 'CPU'/, () => () => 'CPU'),
    mistake(
      'the last one',
      /the first is wanted/,
      call((gpus: string[]) => gpus.at(-1) ?? 'CPU'),
    ),
  ],
  '2.2': [
    mistake('the size of the result', /how many numbers the result has/, () =>
      [64, 256, 1024].map(n => ({ n, products: n ** 2, ms: 1 })),
    ),
    mistake('start minus end', /wrong way round/, () =>
      [64, 256, 1024].map(n => ({ n, products: n ** 3, ms: -1 })),
    ),
    mistake('nothing between start and end', /not timed/, () =>
      [64, 256, 1024].map(n => ({ n, products: n ** 3, ms: 0 })),
    ),
  ],
  '3.1': [
    mistake('all alike', /must be counted/, () => new Array(10).fill(6000)),
    mistake('the test set', /this is the test set/, () => [
      980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009,
    ]),
    mistake('0 left out', /Ten numbers are wanted, one a class; there are 9/, () =>
      new Array(9).fill(6000),
    ),
  ],
  '3.2': [
    mistake(
      'rows for columns',
      /exchanged/,
      call((i: number, r: number, c: number) => i * 784 + c * 28 + r),
    ),
    mistake(
      '28 pixels a picture',
      /only 28 numbers were skipped/,
      call((i: number, r: number, c: number) => i * 28 + r * 28 + c),
    ),
  ],
  '4.1': [
    mistake(
      '0 to 1',
      /as in the lesson/,
      call((images: Images) => tensorOf(images).div(255)),
    ),
    mistake(
      'a length of 1',
      /its length is 1/,
      call((images: Images) => tensorOf(images).div(255).sub(1)),
    ),
    mistake(
      'half of 256',
      /Divide by half of 255/,
      call((images: Images) => tensorOf(images).div(128).sub(1)),
    ),
    mistake(
      'laid flat',
      /Scaling keeps the shape/,
      call((images: Images) => tensorOf(images).div(127.5).sub(1).reshape([-1, 784])),
    ),
  ],
  '4.2': [
    mistake(
      'places counted from 1',
      /Places count from 0/,
      call((label: number, classes: number) =>
        Array.from({ length: classes }, (_, i) => Number(i === label - 1)),
      ),
    ),
    mistake(
      'always ten classes',
      /should have 3 numbers; yours has 10/,
      call((label: number) => Array.from({ length: 10 }, (_, i) => Number(i === label))),
    ),
  ],
  '4.3': [
    mistake(
      'only one of them freed',
      /leaves 2 tensors behind/,
      call((x: tf.Tensor) => {
        const mean = x.mean();
        const y = x.sub(mean).div(x.max());
        mean.dispose();
        return y;
      }),
    ),
    mistake(
      'the input freed too',
      /You freed the input/,
      call((x: tf.Tensor) => {
        const y = tf.tidy(() => x.sub(x.mean()).div(x.max()));
        x.dispose();
        return y;
      }),
    ),
  ],
  '5.1': [
    mistake('a hidden layer without activation', /Hidden layer 2 has no activation/, () =>
      stack(relu(64), { units: 32 }, softmax(10)),
    ),
    mistake('no softmax', /lacks softmax/, () => stack(relu(64), relu(32), { units: 10 })),
    mistake('one hidden layer', /There is 1 hidden layer/, () => stack(relu(64), softmax(10))),
    mistake('no Flatten', /Without Flatten/, () => {
      const model = tf.sequential();
      model.add(tf.layers.dense({ units: 64, activation: 'relu', inputShape: [28, 28] }));
      model.add(tf.layers.dense({ units: 32, activation: 'relu' }));
      model.add(tf.layers.dense({ units: 10, activation: 'softmax' }));
      return model;
    }),
  ],
  '5.2': [
    mistake(
      'the factors exchanged',
      /wrong order/,
      call((w1: tf.Tensor2D, b1: tf.Tensor1D, w2: tf.Tensor2D, b2: tf.Tensor1D) => [
        w2.matMul(w1),
        b1.add(b2),
      ]),
    ),
    mistake(
      'the biases added',
      /passes through w2 as well/,
      call((w1: tf.Tensor2D, b1: tf.Tensor1D, w2: tf.Tensor2D, b2: tf.Tensor1D) => [
        w1.matMul(w2),
        b1.add(b2),
      ]),
    ),
  ],
  '5.3': [
    mistake(
      'no powers',
      /only divided by their sum/,
      call((logits: number[]) => logits.map(z => z / sum(logits))),
    ),
    mistake(
      'powers that are too large',
      /becomes Infinity/,
      call((logits: number[]) => {
        const powers = logits.map(Math.exp);
        return powers.map(power => power / sum(powers));
      }),
    ),
  ],
  '6.1': [
    mistake(
      'no biases',
      /forgot the biases/,
      call((inputs: number, units: number) => inputs * units),
    ),
    mistake(
      'a bias an input',
      /not for each input/,
      call((inputs: number, units: number) => inputs * units + inputs),
    ),
  ],
  '6.2': [
    mistake('too wide', /not fewer than 101,770/, () => ({
      model: stack(relu(128), relu(64), softmax(10)),
      parameters: 109_386,
    })),
    mistake('weights alone', /106 biases are missing/, () => ({
      model: stack(relu(64), relu(32), softmax(10)),
      parameters: 784 * 64 + 64 * 32 + 32 * 10,
    })),
  ],
  '7.1': [
    mistake(
      'no minus',
      /the sign is missing/,
      call((p: number[], label: number) => Math.log(itemAt(p, label))),
    ),
    mistake(
      'another base',
      /another base/,
      call((p: number[], label: number) => -Math.log10(itemAt(p, label))),
    ),
    mistake(
      'the largest probability',
      /you took the largest/,
      call((p: number[]) => -Math.log(Math.max(...p))),
    ),
  ],
  '7.2': [
    mistake(
      'the probability',
      /not yet the loss/,
      call((classes: number) => 1 / classes),
    ),
    mistake(
      'no minus',
      /the sign is missing/,
      call((classes: number) => Math.log(1 / classes)),
    ),
  ],
  '7.3': [
    mistake('the default learning rate', /The learning rate is 0.001/, () => {
      const model = compiledModel();
      model.compile({ optimizer: 'adam', loss: 'categoricalCrossentropy' });
      return model;
    }),
    mistake('another loss', /not cross-entropy/, () => {
      const model = compiledModel();
      model.compile({ optimizer: tf.train.adam(0.01), loss: 'meanSquaredError' });
      return model;
    }),
    mistake('the sparse loss', /sparse kind/, () => compiledModel()),
  ],
  '8.1': [
    mistake(
      'the validation samples counted',
      /validation samples too/,
      call((samples: number, batchSize: number) => Math.ceil(samples / batchSize)),
    ),
    mistake(
      'rounded down',
      /the last, smaller batch is lost/,
      call((samples: number, batchSize: number, split: number) =>
        Math.floor((samples * (1 - split)) / batchSize),
      ),
    ),
  ],
  '8.2': [
    mistake('one model for all', /The same model was trained/, right =>
      [16, 64, 512].map(batchSize => ({ batchSize, seconds: 1, model: network(right) })),
    ),
    mistake('no training', /was it trained/, () =>
      [16, 64, 512].map(batchSize => ({ batchSize, seconds: 1, model: compiledModel() })),
    ),
  ],
  '8.3': [
    mistake('no validation', /no validation loss/, () => ({ history: { loss: [2, 1, 0.1] } })),
    mistake('too few epochs', /no overfitting/, () => ({
      history: { loss: [0.5, 0.3, 0.2], val_loss: [0.5, 0.35, 0.3] },
    })),
    mistake('not risen yet', /still near its lowest/, () => ({
      history: { loss: [0.5, 0.1, 0.05], val_loss: [0.5, 0.35, 0.36] },
    })),
  ],
  '8.4': [
    mistake('still overfitting', /still overfitting/, right => right.get('8.3')),
    mistake('stopped too soon', /stopped too soon/, () => ({
      history: { loss: [2], val_loss: [1.9] },
    })),
  ],
  '8.5': [
    mistake('not trained', /was not trained/, () =>
      stack(
        { ...relu(128), kernelInitializer: 'zeros' },
        { ...softmax(10), kernelInitializer: 'zeros' },
      ),
    ),
    mistake('zeros in the output alone', /It learns/, async () => {
      const model = stack(relu(128), { ...softmax(10), kernelInitializer: 'zeros' });
      model.compile({ optimizer: 'adam', loss: 'sparseCategoricalCrossentropy' });
      const [[x, y]] = await smallMnist();
      await fit(model, tensorOf(x).div(255), tf.tensor1d(y.data, 'int32'), {
        epochs: 4,
        verbose: 0,
      });
      return model;
    }),
  ],
  '9.1': [
    mistake(
      'not divided',
      /not yet divided/,
      call((y: number[], p: number[]) => y.filter((label, i) => label === p[i]).length),
    ),
    mistake(
      'the wrong ones',
      /the share that is wrong/,
      call((y: number[], p: number[]) => y.filter((label, i) => label !== p[i]).length / y.length),
    ),
  ],
  '9.2': [
    mistake(
      'no batch axis',
      /without the batch axis/,
      right => (picture: tf.Tensor) => predict(network(right), picture).argMax(1).dataSync()[0],
    ),
    mistake(
      'the probabilities',
      /These are the ten probabilities/,
      right => (picture: tf.Tensor) =>
        predict(network(right), picture.reshape([1, 28, 28])).dataSync(),
    ),
    mistake('a model that was not trained', /Was the model trained/, () => {
      const model = compiledModel();
      return (picture: tf.Tensor) =>
        predict(model, picture.reshape([1, 28, 28]))
          .argMax(1)
          .dataSync()[0];
    }),
  ],
  '9.3': [
    mistake(
      'rows for columns',
      /exchanged/,
      call((labels: number[], predictions: number[]) =>
        tf.math.confusionMatrix(
          tf.tensor1d(predictions, 'int32'),
          tf.tensor1d(labels, 'int32'),
          10,
        ),
      ),
    ),
    mistake(
      'only the right ones',
      /Only the right answers/,
      call((labels: number[], predictions: number[]) => {
        const matrix = tf.math.confusionMatrix(
          tf.tensor1d(labels, 'int32'),
          tf.tensor1d(predictions, 'int32'),
          10,
        );
        return matrix.mul(tf.eye(10).toInt()).arraySync();
      }),
    ),
    mistake(
      '1 where something was',
      /Add up instead/,
      call((labels: number[], predictions: number[]) => {
        const matrix = tf.math.confusionMatrix(
          tf.tensor1d(labels, 'int32'),
          tf.tensor1d(predictions, 'int32'),
          10,
        );
        return matrix.minimum(tf.scalar(1, 'int32')).arraySync();
      }),
    ),
  ],
  '10.1': [
    mistake(
      'the probabilities themselves',
      /Their places are wanted/,
      call((rows: number[][]) => rows.map(row => Math.max(...row))),
    ),
    mistake(
      'along the columns',
      /looked for in each column/,
      call((rows: number[][]) => tf.tensor2d(rows).argMax(0)),
    ),
  ],
  '10.2': [
    mistake('a right one', /the network is right/, right => ({
      network: network(right),
      index: 0,
    })),
    mistake('another mistake', /but there is one made with/, async right => {
      const model = network(right);
      const [, [images, labels]] = await mnist.loadData();
      const p = predict(model, tensorOf(images).div(255), { batchSize: 1000 });
      const [digits, certainty] = [p.argMax(1).dataSync(), p.max(1).dataSync()];
      const wrong = [...labels.data.keys()].filter(i => digits[i] !== labels.data[i]);
      const least = wrong.reduce((a, b) => (itemAt(certainty, b) < itemAt(certainty, a) ? b : a));
      return { network: model, index: least };
    }),
  ],
  '10.3': [
    mistake('both results', /Several numbers came back/, () => (set: ImageSet) => [
      0.3,
      set.length / 2,
    ]),
    mistake(
      'data from outside',
      /not the set it is given/,
      () => async () => learnt(await smallMnist()),
    ),
    mistake(
      'the loss',
      /is the loss, the first/,
      () => (set: ImageSet) => learnt(set, { result: 0 }),
    ),
    mistake(
      'no training',
      /For how many epochs was it trained/,
      () => (set: ImageSet) => learnt(set, { epochs: 0 }),
    ),
  ],
};
