/** Answers right in an example and wrong in an edge case, of the wrong form, or right in an unusual one. */
import * as tf from '@tensorflow/tfjs';
import { evaluate, fit } from 'digits';
import mnist, { type ImageSet } from 'mnist-data-loader';
import { itemAt } from '../../../../lib/digits/item-at';
import { compiledModel } from '../../../support';
import { quick, samples, trained } from './trained';
import {
  call,
  mistake,
  network,
  relu,
  right,
  softmax as softmaxLayer,
  stack,
  sum,
  type Tries,
  tensorOf,
} from './tries';

type Layers = [w1: tf.Tensor2D, b1: tf.Tensor1D, w2: tf.Tensor2D, b2: tf.Tensor1D];
type Rows = number[][];

const softmax = (logits: readonly number[]) => {
  const powers = logits.map(z => Math.exp(z - Math.max(...logits)));
  return powers.map(power => power / sum(powers));
};
const less = (logits: number[], by: number) => {
  const powers = logits.map(z => Math.exp(z - by));
  return powers.map(power => power / sum(powers));
};
const mean = (values: readonly number[]) => sum([...values]) / values.length;
const centred = (x: tf.Tensor) => tf.tidy(() => x.sub(x.mean()).div(x.max()));
const merged = (...[w1, b1, w2, b2]: Layers) => [w1.matMul(w2), tf.dot(b1, w2).add(b2)] as const;

/** Two hidden layers of which the second is used twice. */
function shared(): tf.LayersModel {
  const { dense, flatten } = tf.layers;
  const inputs = tf.input({ shape: [28, 28] });
  const twice = dense({ units: 64, activation: 'relu' });
  const layers = [flatten(), dense({ units: 64, activation: 'relu' }), twice, twice];
  const hidden = layers.reduce((x, layer) => layer.apply(x) as tf.SymbolicTensor, inputs);
  const outputs = dense({ units: 10, activation: 'softmax' }).apply(hidden) as tf.SymbolicTensor;
  return tf.model({ inputs, outputs });
}

/** Two hidden layers, one beside the other. */
function sideBySide(): tf.LayersModel {
  const { concatenate, dense, flatten } = tf.layers;
  const inputs = tf.input({ shape: [28, 28] });
  const flat = flatten().apply(inputs);
  const side = () => dense({ units: 20, activation: 'relu' }).apply(flat) as tf.SymbolicTensor;
  const hidden = concatenate().apply([side(), side()]);
  const outputs = dense({ units: 10, activation: 'softmax' }).apply(hidden) as tf.SymbolicTensor;
  return tf.model({ inputs, outputs });
}

const counted = (model: tf.LayersModel) => ({ model, parameters: model.countParams() });

const forOneHot = (options: Partial<tf.ModelCompileArgs> = {}) => {
  const model = compiledModel();
  model.compile({ optimizer: tf.train.adam(0.01), loss: 'categoricalCrossentropy', ...options });
  return model;
};

/** Answers 2.2, the time taken and the product read as `measure` does. */
const timed =
  (measure: (a: tf.Tensor2D, b: tf.Tensor2D) => number | Promise<number>) =>
  () =>
  async (n: number) => ({
    products: n ** 3,
    ms: await measure(tf.randomUniform([n, n]), tf.randomUniform([n, n])),
  });

const testPart = async (count: number): Promise<[tf.Tensor, tf.Tensor]> => {
  const [, [images, labels]] = await mnist.loadData();
  return [
    tensorOf(images.slice(0, count)).div(255),
    tf.tensor1d(labels.slice(0, count).data, 'int32'),
  ];
};

/** Trains for one epoch as 8.2 asks, but for what is given. */
const trainer =
  ({
    data = () => samples(3000),
    model = () => quick(),
    ...options
  }: {
    data?: () => Promise<[tf.Tensor, tf.Tensor]>;
    model?: (batchSize: number) => tf.LayersModel;
    epochs?: number;
  } = {}) =>
  async (batchSize: number) => {
    const [x, y] = await data();
    const made = model(batchSize);
    await fit(made, x, y, { batchSize, verbose: 0, ...options });
    return made;
  };

/** Learns a set as 10.3 asks, but for what is given. */
const learner =
  ({ scale = 255, model = compiledModel as () => tf.LayersModel } = {}) =>
  async ([[trainX, trainY], [testX, testY]]: ImageSet) => {
    const made = model();
    const labels = ({ data }: typeof trainY) => tf.tensor1d(data, 'int32');
    await fit(made, tensorOf(trainX).div(scale), labels(trainY), {
      ...{ batchSize: 100, epochs: 2, verbose: 0, write: () => {} },
    });
    const inputs = tensorOf(testX).div(scale);
    return (await evaluate(made, inputs, labels(testY), { verbose: 0 }))[1];
  };

const noise = (x: tf.Tensor) => x.add(tf.randomNormal(x.shape, 0, 0.05, 'float32', 1));

export const forms: Tries = {
  '1.1': {
    right: [
      right('a generator’s numbers', () =>
        tf.tensor(
          Float32Array.from(
            (function* () {
              for (let i = 1; i < 7; i++) yield i;
            })(),
          ),
          [2, 3],
        ),
      ),
    ],
    wrong: [
      mistake('a tensor in a list', /should be a tensor/, () => [tf.ones([2, 3])]),
      mistake('one number as NaN', /should be 1 to 6|1 to 6, each/, () =>
        tf.tensor2d([1, 2, 3, 4, 5, Number.NaN], [2, 3]),
      ),
    ],
  },
  '1.2': {
    right: [
      right(
        'a product with equal shares',
        call((values: number[]) =>
          tf
            .tensor1d(values)
            .dot(tf.fill([values.length], 1 / values.length))
            .arraySync(),
        ),
      ),
    ],
    wrong: [
      mistake(
        'a dummy operation',
        /tf did not compute it/,
        call((values: number[]) => {
          tf.scalar(1).add(1);
          return mean(values);
        }),
      ),
      mistake(
        'squared by tf, the mean without it',
        /tf did not compute it/,
        call((values: number[]) => {
          tf.tensor1d(values).square();
          return mean(values);
        }),
      ),
      mistake(
        'a promise that fails',
        /stopped with an error: .*later/,
        call(async () => Promise.reject(new Error('later'))),
      ),
      mistake(
        'a BigInt',
        /should be a number, but it is 5n/,
        call(() => 5n),
      ),
    ],
  },
  '2.1': {
    right: [right('an iterator', () => (gpus: string[]) => gpus.values().next().value ?? 'CPU')],
    wrong: [
      mistake(
        'the first in order of letters',
        /the result should be/,
        call((gpus: string[]) => gpus.sort()[0] ?? 'CPU'),
      ),
      mistake(
        'the longest',
        /the result should be/,
        call((gpus: string[]) => [...gpus].sort((a, b) => b.length - a.length)[0] ?? 'CPU'),
      ),
      mistake(
        'a list of one',
        /yours is \['/,
        call((gpus: string[]) => [gpus[0] ?? 'CPU']),
      ),
    ],
  },
  '2.2': {
    right: [
      right(
        'read and awaited, the products added up first',
        timed(async (a, b) => {
          const start = performance.now();
          await tf.matMul(a, b).sum().array();
          return performance.now() - start;
        }),
      ),
    ],
    wrong: [
      mistake(
        'another tensor read',
        /The result was not read/,
        timed((a, b) => {
          const start = performance.now();
          a.matMul(b);
          a.dataSync();
          return performance.now() - start;
        }),
      ),
      mistake(
        'data() without await',
        /The result was not read|before the result was read/,
        timed((a, b) => {
          const start = performance.now();
          void a.matMul(b).data();
          return performance.now() - start;
        }),
      ),
      mistake(
        'the end taken before the read',
        /before the result was read/,
        timed((a, b) => {
          const start = performance.now();
          const product = a.matMul(b);
          const end = performance.now();
          product.dataSync();
          return end - start;
        }),
      ),
    ],
  },
  '3.1': {
    right: [
      right('counted by reduce, in a Float64Array', async () => {
        const [[, { data }]] = await mnist.loadData();
        return data.reduce(
          (counts, label) => Object.assign(counts, { [label]: itemAt(counts, label) + 1 }),
          new Float64Array(10),
        );
      }),
    ],
    wrong: [
      mistake('a list of a list', /a plain list/, async () => {
        const [[, { data }]] = await mnist.loadData();
        return [Array.from({ length: 10 }, (_, digit) => data.filter(l => l === digit).length)];
      }),
      mistake('BigInts', /5923n is not a number/, async () => {
        const [[, { data }]] = await mnist.loadData();
        return Array.from({ length: 10 }, (_, digit) =>
          BigInt(data.filter(l => l === digit).length),
        );
      }),
    ],
  },
  '3.2': {
    right: [
      right(
        'bits and reduce',
        () =>
          (...at: number[]) =>
            at.reduce((place, i, axis) => place * (axis ? 28 : 1) + i, 0),
      ),
    ],
    wrong: [
      mistake(
        'a picture too few',
        /the result should be/,
        call((i: number, r: number, c: number) => (i - 1) * 784 + r * 28 + c),
      ),
      mistake(
        'half a place off',
        /the result should be/,
        call((i: number, r: number, c: number) => i * 784 + r * 28 + c + 0.5),
      ),
    ],
  },
  '4.2': {
    right: [
      right(
        'an Int8Array by from',
        call((label: number, classes: number) =>
          Int8Array.from({ length: classes }, (_, i) => Number(i === label)),
        ),
      ),
      right(
        'a row of the unit matrix, flattened',
        call((label: number, classes: number) =>
          tf.eye(classes).slice([label, 0], [1, -1]).flatten(),
        ),
      ),
    ],
    wrong: [
      mistake(
        'a list of a list',
        /the result should be \[.*\]; yours is \[\[/,
        call((label: number, classes: number) => [
          Array.from({ length: classes }, (_, i) => Number(i === label)),
        ]),
      ),
      mistake(
        'a row of the unit matrix, still a matrix',
        /the result should be \[.*\]; yours is \[\[/,
        call((label: number, classes: number) => tf.eye(classes).slice([label, 0], [1, -1])),
      ),
      mistake(
        'a column',
        /the result should be/,
        call((label: number, classes: number) =>
          Array.from({ length: classes }, (_, i) => [Number(i === label)]),
        ),
      ),
      mistake(
        'a text',
        /should be a list of numbers, but it is '/,
        call((label: number, classes: number) => '1'.padStart(label + 1, '0').padEnd(classes, '0')),
      ),
    ],
  },
  '4.3': {
    right: [],
    wrong: [
      mistake(
        'the absolute values',
        /the result should be/,
        call((x: tf.Tensor) => tf.tidy(() => x.sub(x.mean()).div(x.abs().max()))),
      ),
      mistake(
        'the mean of each row',
        /the result should be/,
        call((x: tf.Tensor) => tf.tidy(() => x.sub(x.mean(-1, true)).div(x.max()))),
      ),
      mistake(
        'a list that tf makes',
        /shape of the result should be|the result should be/,
        call((x: tf.Tensor) => tf.tidy(() => centred(x).flatten())),
      ),
    ],
  },
  '5.1': {
    right: [],
    wrong: [
      mistake('a layer used twice', /has 3 hidden layers/, shared),
      mistake('a model with a promise within', /This should be a model/, () => [stack(relu(9))]),
    ],
  },
  '5.2': {
    right: [
      right(
        'tensors in a tuple, the bias a row',
        call((...[w1, b1, w2, b2]: Layers) => [
          tf.einsum('ij,jk->ik', w1, w2),
          tf.add(tf.matMul(b1.expandDims(0), w2), b2),
        ]),
      ),
    ],
    wrong: [
      mistake(
        'the weights laid flat',
        /the result should be \[\[.*; yours is \[-?\d/,
        call((...given: Layers) => [merged(...given)[0].flatten(), merged(...given)[1]]),
      ),
      mistake(
        'the bias a column',
        /the result should be \[-?\d.*; yours is \[\[/,
        call((...given: Layers) => [merged(...given)[0], merged(...given)[1].reshape([-1, 1])]),
      ),
      mistake(
        'the inputs freed',
        /You freed/,
        call((...given: Layers) => {
          const result = tf.tidy(() => [...merged(...given)]);
          tf.dispose(given);
          return result;
        }),
      ),
      mistake(
        'transposed',
        /the result should be/,
        call((...given: Layers) => [merged(...given)[0].transpose(), merged(...given)[1]]),
      ),
    ],
  },
  '5.3': {
    right: [
      right('two passes, as texts say it is done', () => (logits: number[]) => {
        let [largest, total] = [Number.NEGATIVE_INFINITY, 0];
        for (const z of logits) {
          const next = Math.max(largest, z);
          total = total * Math.exp(largest - next) + Math.exp(z - next);
          largest = next;
        }
        return Float64Array.from(logits, z => Math.exp(z - largest) / total);
      }),
    ],
    wrong: [
      mistake(
        'the largest looked for up to the last but one',
        /Subtract the largest/,
        call((logits: number[]) =>
          less(logits, Math.max(...logits.slice(0, Math.max(1, logits.length - 1)))),
        ),
      ),
      mistake(
        'the largest as text',
        /Subtract the largest|the result should be/,
        call((logits: number[]) => less(logits, Number([...logits].sort().at(-1)))),
      ),
      mistake(
        'the first six',
        /the result should be/,
        call((logits: number[]) => softmax(logits.slice(0, 6))),
      ),
      mistake(
        'a little added',
        /the result should be/,
        call((logits: number[]) => softmax(logits).map(p => p + 1e-4)),
      ),
      mistake(
        'a list of a list',
        /yours is \[\[/,
        call((logits: number[]) => [softmax(logits)]),
      ),
      mistake(
        'the first two alone',
        /the result should be/,
        call((logits: number[]) =>
          logits.map((_, i) => itemAt([...softmax(logits.slice(0, 2)), ...logits], i)),
        ),
      ),
    ],
  },
  '6.1': {
    right: [],
    wrong: [
      mistake(
        'the result as BigInt',
        /should be a number, but it is 100480n/,
        call((inputs: number, units: number) => BigInt(inputs * units + units)),
      ),
      mistake(
        'a tensor',
        /still a tensor/,
        call((inputs: number, units: number) => tf.scalar(inputs * units + units)),
      ),
    ],
  },
  '6.2': {
    right: [],
    wrong: [
      mistake('a layer used twice', /this one has 3|has 3 hidden/, () => counted(shared())),
      mistake('layers side by side', /this one has 1|has 1 hidden/, () => counted(sideBySide())),
    ],
  },
  '7.1': {
    right: [
      right(
        'a typed array of logarithms',
        call((p: number[], label: number) => -itemAt(Float64Array.from(p, Math.log), label)),
      ),
    ],
    wrong: [
      mistake(
        'no more than 10',
        /the result should be 1\d\.\d*; yours is 10/,
        call((p: number[], label: number) => Math.min(10, -Math.log(itemAt(p, label)))),
      ),
    ],
  },
  '7.3': {
    right: [],
    wrong: [
      mistake('the learning rate as text', /'0\.01' is text/, () =>
        forOneHot({ optimizer: tf.train.adam('0.01' as unknown as number) }),
      ),
      mistake('a little less', /The learning rate is 0\.0099/, () =>
        forOneHot({ optimizer: tf.train.adam(0.0099) }),
      ),
      mistake('the metric for two classes', /The metric binaryAccuracy/, () =>
        forOneHot({ metrics: ['binaryAccuracy'] }),
      ),
      mistake('a frozen layer', /trainable: false/, () => {
        const model = forOneHot();
        itemAt(model.layers, 1).trainable = false;
        return model;
      }),
    ],
  },
  '8.1': {
    right: [],
    wrong: [
      mistake(
        'the validation samples rounded to the nearest',
        /the result should be/,
        call((samples: number, batchSize: number, split: number) =>
          Math.ceil((samples - Math.round(samples * split)) / batchSize),
        ),
      ),
    ],
  },
  '8.2': {
    right: [],
    wrong: [
      mistake(
        'TensorFlow.js’s own fit',
        /TensorFlow.js’s own model\.fit/,
        () => async (batchSize: number) => {
          const [x, y] = await samples(100);
          const made = quick();
          await made.fit(x, y.toFloat(), { batchSize, verbose: 0 });
          return made;
        },
      ),
      mistake(
        'TensorFlow.js’s own fit, labels int32',
        /TensorFlow.js’s own model\.fit/,
        () => async (batchSize: number) => {
          const [x, y] = await samples(100);
          const made = quick();
          await made.fit(x, y, { batchSize, verbose: 0 });
          return made;
        },
      ),
      mistake(
        'the steps made up',
        /batchSize is not handed on/,
        () => async (batchSize: number) => {
          const made = await trainer()(64);
          Object.assign(made.optimizer, { iterations_: Math.ceil(3000 / batchSize) });
          return made;
        },
      ),
      mistake('trained on test pictures', /has seen the answers/, () =>
        trainer({ data: () => testPart(3000) }),
      ),
      mistake('two epochs', /2 epochs, not 1/, () => trainer({ epochs: 2 })),
      mistake('another model each time', /not the same model/, () =>
        trainer({ model: batchSize => quick(batchSize > 100 ? 64 : 32) }),
      ),
    ],
  },
  '8.3': {
    right: [],
    wrong: [
      mistake('a fifth of the validation labels wrong', /labels do not belong/, async () => {
        const [[x, y], [vx, vy]] = [await samples(100), await samples(100, 1000)];
        const wrong = tf.tensor1d(
          vy.dataSync().map((label, i) => (i % 5 ? label : (label + 1) % 10)),
          'int32',
        );
        return fit(compiledModel(), x, y, { epochs: 60, validationData: [vx, wrong], verbose: 0 });
      }),
      mistake('a forged history', /is not what .* measures/, async () => {
        const [x, y] = await samples(100);
        return fit(compiledModel(), x, y, {
          epochs: 3,
          validationSplit: 0.5,
          verbose: 0,
          callbacks: {
            onEpochEnd: async (epoch: number, logs?: tf.Logs) => {
              Object.assign(logs ?? {}, { loss: 1 / (epoch + 1) ** 3, val_loss: 0.5 + epoch });
            },
          },
        });
      }),
    ],
  },
  '8.4': {
    right: [],
    wrong: [
      mistake(
        'the training samples with noise as validation',
        /are those that it was trained on/,
        async () => {
          const [x, y] = await samples(600);
          return fit(compiledModel(), x, y, {
            epochs: 5,
            validationData: [noise(x), y],
            verbose: 0,
          });
        },
      ),
      mistake('test pictures', /has seen the answers/, async () => {
        const [x, y] = await testPart(600);
        return fit(compiledModel(), x, y, { epochs: 5, validationSplit: 0.2, verbose: 0 });
      }),
      mistake('trained on by model.fit', /changed after/, async () => {
        const model = compiledModel();
        const result = await trained({ count: 60, epochs: 1, model: () => model })();
        const [x, y] = await samples(1000);
        await model.fit(x, y.toFloat(), { epochs: 3, verbose: 0 });
        return result;
      }),
    ],
  },
  '8.5': {
    right: [
      right('zeros by setWeights', async () => {
        const model = stack(relu(128), softmaxLayer(10));
        model.setWeights(model.getWeights().map(weight => tf.zerosLike(weight)));
        model.compile({ optimizer: 'adam', loss: 'sparseCategoricalCrossentropy' });
        const [x, y] = await samples(500);
        await fit(model, x, y, { verbose: 0, write: () => {} });
        return model;
      }),
    ],
    wrong: [],
  },
  '9.1': {
    right: [],
    wrong: [
      mistake(
        'no label 0',
        /the result should be/,
        call(
          (y: number[], p: number[]) =>
            y.filter((label, i) => label && label === p[i]).length / y.length,
        ),
      ),
      mistake(
        'the last left out',
        /the result should be/,
        call(
          (y: number[], p: number[]) =>
            y.filter((label, i) => i < y.length - 1 && label === p[i]).length / y.length,
        ),
      ),
      mistake(
        'the first left out',
        /the result should be/,
        call(
          (y: number[], p: number[]) =>
            y.filter((label, i) => i > 0 && label === p[i]).length / y.length,
        ),
      ),
    ],
  },
  '9.3': {
    right: [],
    wrong: [
      mistake('rows kept between calls', /row \d, column \d should be/i, () => {
        const rows: Rows = Array.from({ length: 10 }, () => new Array(10).fill(0));
        return (labels: number[], predictions: number[]) => {
          labels.forEach((label, i) => {
            const row = itemAt(rows, label);
            row[itemAt(predictions, i)] = itemAt(row, itemAt(predictions, i)) + 1;
          });
          return rows;
        };
      }),
      mistake(
        'column 9 forgotten',
        /column 9 should be/,
        call((labels: number[], predictions: number[]) => {
          const rows: Rows = Array.from({ length: 10 }, () => new Array(10).fill(0));
          labels.forEach((label, i) => {
            const row = itemAt(rows, label);
            for (let column = 0; column < 9; column++)
              if (predictions[i] === column) row[column] = itemAt(row, column) + 1;
          });
          return rows;
        }),
      ),
      mistake(
        'some labels forgotten',
        /row 3, column 0 should be/i,
        call((labels: number[], predictions: number[]) => {
          const rows: Rows = Array.from({ length: 10 }, () => new Array(10).fill(0));
          labels.forEach((label, i) => {
            if ([3, 6, 8].includes(label)) return;
            const [row, column] = [itemAt(rows, label), itemAt(predictions, i)];
            row[column] = itemAt(row, column) + 1;
          });
          return rows;
        }),
      ),
    ],
  },
  '10.1': {
    right: [
      right(
        'entries, reduced',
        call((rows: Rows) =>
          Uint8Array.from(
            rows,
            row => [...row.entries()].reduce((a, b) => (b[1] > a[1] ? b : a))[0],
          ),
        ),
      ),
    ],
    wrong: [
      mistake(
        'up to the last but one',
        /the result should be/,
        call((rows: Rows) => rows.map(row => row.indexOf(Math.max(...row.slice(0, -1))))),
      ),
      mistake(
        'from the second on',
        /the result should be/,
        call((rows: Rows) => rows.map(row => row.indexOf(Math.max(...row.slice(1))))),
      ),
      mistake(
        'a list for each',
        /yours is \[\[/,
        call((rows: Rows) => rows.map(row => [row.indexOf(Math.max(...row))])),
      ),
      mistake(
        'promises',
        /Promise is not a number/,
        call((rows: Rows) => rows.map(async row => row.indexOf(Math.max(...row)))),
      ),
    ],
  },
  '10.2': {
    right: [],
    wrong: [
      mistake('the number as BigInt', /should be a number, but it is 7n/, solutions => ({
        network: network(solutions),
        index: 7n,
      })),
    ],
  },
  '10.3': {
    right: [right('from -1 to 1', () => learner({ scale: 200 }))],
    wrong: [
      mistake('one model for all calls', /Make a new model/, () => {
        const model = compiledModel();
        return learner({ model: () => model });
      }),
      mistake('nothing divided', /Were the pixels divided|were not divided/, () =>
        learner({ scale: 1 }),
      ),
    ],
  },
};
