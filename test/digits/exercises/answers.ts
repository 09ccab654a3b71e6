/** Answers to the exercises that are no formula: one for each other reason, and some right ones in other forms. */
import * as tf from '@tensorflow/tfjs';
import mnist, { type ImageSet, type Images } from 'mnist-data-loader';
import { divide, evaluate, fit, predict } from '../../../lib/digits/index';
import { itemAt } from '../../../lib/digits/item-at';
import { compiledModel } from '../../support';
import {
  network,
  once,
  overfitted,
  quick,
  relu,
  samples,
  softmax,
  stack,
  tensorOf,
  trained,
} from './trained';

type Make = () => unknown;

/** Each is made when it is tried. */
interface Tries {
  readonly right?: readonly Make[];
  /** By the name of the reason that it is wrong, in the texts of the exercise or of all exercises. */
  readonly wrong?: Readonly<Record<string, Make>>;
}

const { concatenate, conv2d, dense, dropout, flatten, maxPooling2d, reshape } = tf.layers;
type Symbolic = tf.SymbolicTensor;

/** Makes an answer of a function that learners write. */
const code =
  <Inputs extends unknown[]>(written: (...inputs: Inputs) => unknown) =>
  () =>
    written;

const square = (n: number) => tf.randomUniform<tf.Rank.R2>([n, n]);

/** Answers 2.1 with another way to compute, to count or to take the time. */
const timed = ({
  work = (a: tf.Tensor2D, b: tf.Tensor2D): unknown => a.matMul(b).dataSync(),
  products = (n: number) => n ** 3,
  time = (start: number, end: number) => end - start,
}) =>
  code((n: number) => {
    const [a, b] = [square(n), square(n)];
    const start = performance.now();
    work(a, b);
    return { products: products(n), ms: time(start, performance.now()) };
  });

/** Answers 2.1, the time taken as `measure` does. */
const measured = (measure: (a: tf.Tensor2D, b: tf.Tensor2D) => number | Promise<number>) =>
  code(async (n: number) => ({ products: n ** 3, ms: await measure(square(n), square(n)) }));

const labels = async () => (await mnist.loadData())[0][1].data;
const counted = async () => {
  const all = await labels();
  return Array.from({ length: 10 }, (_, digit) => all.filter(label => label === digit).length);
};

/** Answers 3.1, but for one of the two. */
const miscounted = (change: (counts: number[]) => unknown) => async () => ({
  counts: await change(await counted()),
  baseline: 0.112,
});
const baseline = (share: number) => async () => ({ counts: await counted(), baseline: share });

const functional = (connect: (inputs: Symbolic) => unknown) => {
  const inputs = tf.input({ shape: [28, 28] });
  return tf.model({ inputs, outputs: connect(inputs) as Symbolic });
};
const through = (layers: readonly tf.layers.Layer[], input: Symbolic) =>
  layers.reduce((x, layer) => layer.apply(x) as Symbolic, input);

/** Two hidden layers of which the second is used twice. */
const shared = () => {
  const twice = dense(relu(64));
  const layers = [flatten(), dense(relu(64)), twice, twice, dense(softmax(10))];
  return functional(inputs => through(layers, inputs));
};

const [FIRST, SECOND, OUTPUT] = [784 * 64 + 64, 64 * 32 + 32, 32 * 10 + 10];
const small = () => stack(relu(64), relu(32), softmax(10));
const slim = (parameters: unknown, model: () => tf.LayersModel = small) => ({
  model: model(),
  parameters,
});

/** The model, compiled as is right for one-hot labels but for what is given. */
const forOneHot = (options: Partial<tf.ModelCompileArgs> = {}) => {
  const model = compiledModel();
  model.compile({ optimizer: tf.train.adam(0.01), loss: 'categoricalCrossentropy', ...options });
  return model;
};

/** Answers 8.2 but for what is given. */
const trainer = ({
  data = (_: number) => samples(3000),
  model = (_: number): tf.LayersModel => quick(),
  size = (batchSize: number) => batchSize,
  epochs = (_: number): number => 1,
  ...options
} = {}) =>
  code(async (batchSize: number) => {
    const [x, y] = await data(batchSize);
    const made = model(batchSize);
    const given = { batchSize: size(batchSize), epochs: epochs(batchSize), verbose: 0 as const };
    await fit(made, x, y, { ...given, write: () => {}, ...options });
    return made;
  });

const compiled = (model: tf.Sequential, optimizer: tf.Optimizer | string = 'adam') => {
  model.compile({ optimizer, loss: 'sparseCategoricalCrossentropy' });
  return model;
};

type DenseOptions = Partial<Parameters<typeof dense>[0]>;
const zeros: DenseOptions = { kernelInitializer: 'zeros' };

/** Answers 9.2 by the trained model. */
const seen = (use: (model: tf.LayersModel, picture: tf.Tensor) => unknown) => async () => {
  const model = await network();
  return (picture: tf.Tensor) => use(model, picture);
};
const one = (picture: tf.Tensor) => picture.reshape([1, 28, 28]);
const first = (tensor: tf.Tensor) => tensor.dataSync()[0] as number;

/** What the network makes of the test pictures: where it is wrong, and how certain it is of each. */
const answered = once(async () => {
  const [x, y] = await samples(10_000, 0, 'test');
  const p = predict(await network(), x, { batchSize: 1000 });
  const [digits, certainty, own] = [p.argMax(1).dataSync(), p.max(1).dataSync(), y.dataSync()];
  const wrong = [...own.keys()].filter(i => digits[i] !== own[i]);
  const sorted = [...wrong].sort((a, b) => itemAt(certainty, b) - itemAt(certainty, a));
  return { certainty, wrong, worst: itemAt(sorted, 0), least: itemAt(sorted, sorted.length - 1) };
});

/** Answers 10.2 by what the network made of the test pictures. */
const index = (choose: (of: Awaited<ReturnType<typeof answered>>) => unknown) => async () => ({
  network: await network(),
  index: choose(await answered()),
});

type StepInputs = [x: tf.Tensor2D, labels: tf.Tensor1D, W: tf.Tensor, b: tf.Tensor, rate: number];
const pOf = (x: tf.Tensor, W: tf.Tensor, b: tf.Tensor) => x.matMul(W).add(b).softmax();
/** The step of 8.6, by y − p, which is added. */
const stepped = (...[x, labels, W, b, rate]: StepInputs): [tf.Tensor, tf.Tensor] => {
  const turned = tf.oneHot(labels, 10).sub(pOf(x, W, b));
  const mean = x
    .transpose()
    .matMul(turned)
    .div(turned.shape[0] as number);
  return [W.add(mean.mul(rate)), b.add(turned.mean(0).mul(rate))];
};
const stepping = code<StepInputs>;

/** Answers 9.4 by a step that is repeated until the model reads the digit asked for, or one near it. */
const nudging =
  (
    step: (of: { moved: tf.Tensor; g: tf.Tensor; model: tf.LayersModel }) => tf.Tensor,
    most = 200,
    beside = 0,
  ) =>
  async () => ({
    network: await network(),
    nudge: (model: tf.LayersModel, x: tf.Tensor, asked: number) => {
      const to = (asked + beside) % 10;
      const loss = (x: tf.Tensor) =>
        (model.predict(x) as tf.Tensor).slice([0, to], [1, 1]).log().neg().sum();
      let moved = x;
      for (let i = 0; i < most; i++) {
        moved = step({ moved, g: tf.grad(loss)(moved), model });
        const digit = first((model.predict(moved.reshape([-1, 28, 28])) as tf.Tensor).argMax(1));
        if (digit === to) break;
        // moved may have lost its batch axis.
        if (moved.rank === 2) moved = moved.expandDims(0);
      }
      return moved;
    },
  });

type Part = ImageSet[0];
const part = ([images, labels]: Part, start: number, count: number): Part => [
  images.slice(start, count),
  labels.slice(start, count),
];

/** Trains on one part, evaluates on another, as 10.3 asks but for what is given. */
async function learnt(
  train: Part,
  test: Part,
  { model = compiledModel(), epochs = 2, result = 1, scale = 255 } = {},
): Promise<number> {
  const inputs = (images: Images) => tensorOf(images).div(scale);
  const labelsOf = ([, { data }]: Part) => tf.tensor1d(data, 'int32');
  const options = { batchSize: 100, epochs, verbose: 0 as const, write: () => {} };
  if (epochs > 0) await fit(model, inputs(train[0]), labelsOf(train), options);
  const results = await evaluate(model, inputs(test[0]), labelsOf(test), { verbose: 0 });
  return results[result] as number;
}

/** A part of MNIST as it stands in the notebook, outside of the function. */
const outside = async (): Promise<ImageSet> => {
  const [train, test] = await mnist.loadData();
  return [part(train, 0, 3000), part(test, 0, 1000)];
};

const withChannel = { inputShape: [28, 28, 1] };
const look = () => conv2d({ filters: 2, kernelSize: 3, ...withChannel });
const layersOf = (...layers: tf.layers.Layer[]) => tf.sequential({ layers });

/** Answers 10.4: a small convolution that is trained for a moment. */
async function convolved(scale = 1): Promise<tf.Sequential> {
  const model = layersOf(
    conv2d({ filters: 4, kernelSize: 3, activation: 'relu', ...withChannel }),
    maxPooling2d({ poolSize: 4 }),
    flatten(),
    dense(softmax(10)),
  );
  const [x, y] = await samples(1500);
  const data = [x.mul(scale).reshape([-1, 28, 28, 1]), y] as [tf.Tensor, tf.Tensor];
  const options = { data: Promise.resolve(data), epochs: 1, validationSplit: 0 };
  await trained({ model: compiled(model, tf.train.adam(0.01)), ...options });
  return model;
}

type Layers = [w1: tf.Tensor2D, b1: tf.Tensor1D, w2: tf.Tensor2D, b2: tf.Tensor1D];
type Digits = number[];
type Rows = number[][];

const sum = (values: readonly number[]) => values.reduce((a, b) => a + b);
const scaled = (images: Images) => divide(images, 127.5).sub(1);
const counts = (labels: Digits, predictions: Digits) =>
  tf.math.confusionMatrix(tf.tensor1d(labels, 'int32'), tf.tensor1d(predictions, 'int32'), 10);

/** By the number of the exercise. What exercises judge by one function is tried in one of them. */
export const answers: Readonly<Record<string, Tries>> = {
  '1.1': {
    right: [
      code((x: number[], w: number[], b: number) => {
        const z = tf.dot(tf.tensor1d(x.splice(0)), tf.tensor1d(w)).add(b);
        return z.relu().arraySync();
      }),
    ],
  },
  '1.2': {
    right: [
      () => ({
        w: tf.tensor2d([
          [0.1, -0.3],
          [-9, 0.2],
        ]),
        b: -0.2,
      }),
      () => ({ w: [1e6, -1e7, -1e7, 1e6], b: -1.5e6 }),
      // Half of it comes to 0.1 + 0.2 − 0.3, which is above 0 by rounding alone.
      () => ({ w: [0.1 + 0.2, -1, -1, 0.1], b: -0.3 }),
    ],
    wrong: {
      zeros: () => ({ w: [0, 0, 0, 0], b: 0 }),
      four: () => ({ w: [1, -1, -1, 1, -1], b: -1 }),
      notFinite: () => ({ w: [1e308, -1, -1, 1e308], b: 1e308 }),
      silent: () => ({ w: [1, -1, -1, 1], b: -2 }),
      dark: () => ({ w: [1, -1, -1, 1], b: 1 }),
      half: () => ({ w: [1, -1, -1, 1], b: 0 }),
      more: () => ({ w: [1, 0, 0, 1], b: -1 }),
      others: () => ({ w: [1, 1, -2, 1], b: -1 }),
    },
  },
  '2.1': {
    right: [timed({}), measured(async (a, b) => (await tf.time(() => a.matMul(b))).wallMs)],
    wrong: {
      mul: timed({ work: (a, b) => a.mul(b).dataSync() }),
      noProduct: code((n: number) => ({ products: n ** 3, ms: n / 100 })),
      otherSize: timed({ work: () => square(64).matMul(square(64)).dataSync() }),
      notRead: timed({ work: (a, b) => [a.matMul(b), a.dataSync()] }),
      endTooSoon: measured((a, b) => {
        const start = performance.now();
        const product = a.matMul(b);
        const end = performance.now();
        product.dataSync();
        return end - start;
      }),
      resultSize: timed({ products: n => n ** 2 }),
      additions: timed({ products: n => 2 * n ** 3 }),
      products: timed({ products: () => 1000 }),
      seconds: timed({
        work: (a, b) => {
          for (let i = 0; i < 5; i++) a.matMul(b).dataSync();
        },
        time: (start, end) => (end - start) / 1000,
      }),
      negative: timed({ time: (start, end) => start - end }),
      tooShort: timed({ time: () => 0 }),
      tooLong: timed({ time: (_, end) => end }),
      makingToo: code((n: number) => {
        const start = performance.now();
        for (let i = 0; i < 8; i++) square(n);
        square(n).matMul(square(n)).dataSync();
        return { products: n ** 3, ms: performance.now() - start };
      }),
    },
  },
  '3.1': {
    right: [
      async () => ({
        counts: tf.oneHot(tf.tensor1d(await labels(), 'int32'), 10).sum(0),
        baseline: 0.112,
      }),
    ],
    wrong: {
      length: miscounted(() => labels()),
      sum: miscounted(([first = 0, ...others]) => [first - 1, ...others]),
      digit: miscounted(([a = 0, b = 0, ...others]) => [a + 1, b - 1, ...others]),
      baselineCount: baseline(6742),
      baselinePercentage: baseline(11.24),
      baselineGuess: baseline(0.1),
      baseline: baseline(1 - 6742 / 60_000),
    },
  },
  '5.1': {
    right: [
      () =>
        layersOf(
          reshape({ targetShape: [784], inputShape: [28, 28] }),
          dense({ units: 20 }),
          tf.layers.batchNormalization(),
          tf.layers.leakyReLU(),
          dense(relu(20)),
          tf.layers.activation({ activation: 'linear' }),
          dropout({ rate: 0.5 }),
          dense({ units: 10 }),
          tf.layers.softmax(),
        ),
      () =>
        functional(inputs => {
          const flat = flatten().apply(inputs) as Symbolic;
          const second = through([dense(relu(20)), dense(relu(20))], flat);
          return dense(softmax(10)).apply(concatenate().apply([flat, second]));
        }),
    ],
    wrong: {
      linear: () => stack({ units: 64, activation: 'linear' }, relu(32), softmax(10)),
      noSoftmax: () => stack(relu(64), relu(32), { units: 10 }),
      noShares: () => stack(relu(64), relu(32), { units: 10, activation: 'sigmoid' }),
      hiddenLayers: shared,
    },
  },
  '6.2': {
    right: [
      () => {
        const outer = layersOf(stack(relu(64), relu(32)) as unknown as tf.layers.Layer);
        outer.add(dense(softmax(10)));
        return slim(FIRST + SECOND + OUTPUT, () => outer);
      },
    ],
    wrong: {
      tooMany: () => slim(109_386, () => stack(relu(128), relu(64), softmax(10))),
      count: () => slim(1),
      noBiases: () => slim(FIRST - 64 + SECOND - 32 + OUTPUT - 10),
      noOutput: () => slim(FIRST + SECOND),
      firstAlone: () => slim(FIRST),
      lessonModel: () => slim(101_770),
      otherCount: () => slim(28 * 64 + 64 + SECOND + OUTPUT),
    },
  },
  '7.3': {
    right: [
      () =>
        forOneHot({
          loss: (y: tf.Tensor, p: tf.Tensor) => y.mul(p.log()).sum(-1).neg() as tf.Tensor,
        }),
    ],
    wrong: {
      notCompiled: () => stack(relu(128), softmax(10)),
      sparseLoss: () => forOneHot({ loss: ['sparseCategoricalCrossentropy'] }),
      sparseMetric: () => forOneHot({ metrics: [tf.metrics.sparseCategoricalAccuracy] }),
      binaryMetric: () => forOneHot({ metrics: ['binaryAccuracy'] }),
      loss: () => forOneHot({ loss: tf.losses.softmaxCrossEntropy }),
      optimizer: () => forOneHot({ optimizer: tf.train.adamax(0.01) }),
      learningRate: () => forOneHot({ optimizer: 'adam' }),
      textNumber: () => forOneHot({ optimizer: tf.train.adam('0.01' as unknown as number) }),
    },
  },
  '8.2': {
    wrong: {
      again: () => {
        const model = compiledModel();
        return trainer({ model: () => model, data: () => samples(200) })();
      },
      littleLearnt: trainer({
        data: () => samples(512),
        model: () => compiled(stack(relu(32), softmax(10)), tf.train.sgd(1e-5)),
      }),
      notTrained: code(() => compiledModel()),
      otherSize: trainer({ data: () => samples(200), size: () => 32 }),
      epochs: trainer({ data: () => samples(512), epochs: size => (size > 100 ? 6 : 1) }),
      samples: trainer({ data: samples }),
      otherModel: trainer({
        data: () => samples(512),
        model: size => quick(size > 100 ? 64 : 32),
      }),
      ownFit: code(async (batchSize: number) => {
        const [x, y] = await samples(100);
        const made = quick();
        await made.fit(x, y, { batchSize, verbose: 0 });
        return made;
      }),
    },
  },
  '8.3': {
    wrong: {
      noHistory: async () => {
        const [x, y] = await samples(50);
        return compiledModel().fit(x, y.toFloat(), { epochs: 1, verbose: 0 });
      },
      noValidation: () => trained({ epochs: 1, validationSplit: 0 }),
      again: async () => {
        const model = compiledModel();
        await trained({ model, epochs: 1 });
        return trained({ model, epochs: 1 });
      },
      changedAfter: async () => {
        const model = compiledModel();
        const result = await trained({ data: samples(60), epochs: 1, model });
        const [x, y] = await samples(100);
        await model.fit(x, y.toFloat(), { epochs: 1, verbose: 0 });
        return result;
      },
      sameSamples: async () => {
        const [x, y] = await samples(100);
        return trained({ data: samples(100), epochs: 2, validationData: [x, y] });
      },
      close: () => trained({ epochs: 3 }),
      notRisen: () => trained({ data: samples(500), epochs: 20 }),
      // A fifth of the validation labels.
      labels: async () => {
        const [x, y] = await samples(100, 1000);
        const wrong = y.dataSync().map((label, i) => (i % 5 ? label : (label + 1) % 10));
        const validationData: [tf.Tensor, tf.Tensor] = [x, tf.tensor1d(wrong, 'int32')];
        return trained({ data: samples(100), epochs: 60, validationData });
      },
    },
  },
  '8.4': {
    wrong: {
      stillOverfitting: overfitted,
      littleLearnt: async () => {
        const result = await trained({ data: samples(60), epochs: 1 });
        Object.assign(result.history, { val_loss: [0.5, 0.4] });
        return result;
      },
      seenTest: () => trained({ data: samples(600, 0, 'test'), epochs: 5 }),
    },
  },
  '8.5': {
    right: [
      async () => {
        const huge = { kernelInitializer: tf.initializers.randomNormal({ stddev: 1000 }) };
        const model = stack({ ...relu(64), ...huge }, { ...softmax(10), ...huge });
        model.compile({ optimizer: tf.train.rmsprop(0.001), loss: 'categoricalCrossentropy' });
        const [x, y] = await samples(200);
        await model.fit(x, tf.oneHot(y.toInt(), 10), { verbose: 0 });
        return model;
      },
    ],
    wrong: {
      notCompiled: () => stack({ ...relu(128), ...zeros }, { ...softmax(10), ...zeros }),
      notTrained: () => compiled(stack({ ...relu(128), ...zeros }, { ...softmax(10), ...zeros })),
      learns: network,
      notTheWeights: async () => {
        const model = compiled(stack(relu(128), softmax(10)), tf.train.sgd(0));
        await trained({ model, data: samples(1000), epochs: 1, validationSplit: 0 });
        return model;
      },
    },
  },
  '8.6': {
    right: [
      // The old ones freed.
      stepping(async (x, labels, W, b, rate) => {
        const result = stepped(x, labels, W, b, rate);
        tf.dispose([W, b]);
        return result;
      }),
    ],
    wrong: {
      product: stepping((x, labels, W, b, rate) => {
        const error = pOf(x, W, b).sub(tf.oneHot(labels, 10));
        return [W.sub(x.matMul(error).mul(rate)), b];
      }),
      notOneHot: stepping((x, labels, W, b) => [W, b.sub(pOf(x, W, b).sub(labels).mean(0))]),
      otherMean: stepping((x, labels, W, b) => [
        W,
        b.sub(pOf(x, W, b).sub(tf.oneHot(labels, 10)).mean(1)),
      ]),
      pair: stepping((...given) => stepped(...given)[0]),
      notFinite: stepping((_x, _labels, W, b) => [W.mul(Number.NaN), b]),
      low: () => {
        let calls = 0;
        return (...given: StepInputs) => (calls++ < 6 ? stepped(...given) : given.slice(2, 4));
      },
    },
  },
  '9.2': {
    right: [
      seen((model, picture) => {
        const p = Array.from(predict(model, picture.flatten().reshape([-1, 28, 28])).dataSync());
        picture.dispose();
        return p.indexOf(Math.max(...p));
      }),
    ],
    wrong: {
      same: code(() => 7),
      fromOne: seen((model, picture) => first(predict(model, one(picture)).argMax(1)) + 1),
      few: seen((model, picture) => first(predict(model, one(picture)).argMin(1))),
      probability: seen((model, picture) => first(predict(model, one(picture)).max(1))),
      batchAxis: seen((model, picture) => predict(model, one(picture)).argMax(0)),
      probabilities: seen((model, picture) => predict(model, one(picture)).dataSync()),
    },
  },
  '9.4': {
    right: [
      nudging(({ moved, g }) =>
        moved.sub(g.div(g.norm()).mul(0.1)).clipByValue(0, 1).reshape([28, 28]),
      ),
      // By the sign of the gradient alone: each pixel by as much.
      nudging(({ moved, g }) => moved.sub(g.sign().mul(0.01)).clipByValue(0, 1)),
    ],
    wrong: {
      untrained: () => ({ network: compiledModel(), nudge: (_: unknown, x: tf.Tensor) => x }),
      weights: nudging(({ moved, model }) => {
        model.setWeights(model.getWeights().map(weight => weight.mul(0.9)));
        return moved;
      }, 1),
      shape: async () => ({
        network: await network(),
        nudge: (_: unknown, x: tf.Tensor) => x.slice([0, 1, 0]),
      }),
      notFinite: nudging(({ moved }) => moved.div(0), 1),
      outside: nudging(({ moved, g }) => moved.sub(g.div(g.norm()).mul(0.1))),
      nothing: nudging(({ moved }) => moved.clone(), 1),
      wrongSign: nudging(
        ({ moved, g }) => moved.add(g.div(g.norm()).mul(0.05)).clipByValue(0, 1),
        9,
      ),
      noise: nudging(
        ({ moved }) => moved.add(tf.randomNormal(moved.shape, 0, 0.05)).clipByValue(0, 1),
        1,
      ),
      notYet: nudging(({ moved, g }) => moved.sub(g.div(g.norm()).mul(0.02)).clipByValue(0, 1), 1),
      // To the digit after the one asked for.
      otherDigit: nudging(
        ({ moved, g }) => moved.sub(g.div(g.norm()).mul(0.1)).clipByValue(0, 1),
        99,
        1,
      ),
      tooLarge: nudging(({ moved, g }) => moved.sub(g.sign().mul(0.5)).clipByValue(0, 1)),
    },
  },
  '10.2': {
    right: [index(({ worst }) => worst)],
    wrong: {
      untrained: () => ({ network: stack(softmax(10)), index: 3 }),
      certainty: index(({ certainty, worst }) => certainty[worst]),
      range: index(() => 10_000),
      place: index(({ wrong, worst }) => wrong.indexOf(worst)),
      rightAnswer: index(({ certainty }) => certainty.indexOf(Math.max(...certainty))),
      notTheWorst: index(({ least }) => least),
    },
  },
  '10.3': {
    wrong: {
      several: code(() => [0.3, 0.9]),
      noTraining: code(() => 0.9),
      above1: code(async ([train, test]: ImageSet) => 100 * (await learnt(train, test))),
      again: async () => {
        const model = compiledModel();
        await learnt(...(await outside()), { model, epochs: 1 });
        return ([train, test]: ImageSet) => learnt(train, test, { model });
      },
      testSet: code(([train, test]: ImageSet) => learnt(test, train, { epochs: 6 })),
      outside: code(async ([, test]: ImageSet) => learnt((await outside())[0], test)),
      notScaled: code(([train, test]: ImageSet) => learnt(train, test, { scale: 1 })),
      low: code(async ([train]: ImageSet) => learnt(train, (await outside())[1])),
      sameModel: () => {
        const model = compiledModel();
        let trainings = 0;
        return async ([train, test]: ImageSet) =>
          learnt(train, test, { model, epochs: trainings++ ? 1 : 3 });
      },
      loss: code(async ([train, test]) => 0.65 + (await learnt(train, test, { result: 0 })) / 9),
      otherTest: code(([train]: ImageSet) => learnt(train, train)),
    },
  },
  '10.4': {
    wrong: {
      noConvolution: network,
      input: () =>
        layersOf(conv2d({ filters: 8, kernelSize: 3, inputShape: [28, 28, 3] }), flatten()),
      flat: () => layersOf(look(), dense(softmax(10))),
      outputs: () => layersOf(look(), flatten(), dense({ units: 11 })),
      notTrained: () => layersOf(look(), flatten(), dense({ units: 10 })),
      low: () => convolved(255),
      notYet: () => convolved(),
    },
  },
  '4.1': {
    right: [code((images: Images) => divide(images, 255).sub(0.5).mul(2))],
    wrong: { shape: code((images: Images) => scaled(images).reshape([-1, 784])) },
  },
  '4.2': {
    right: [code((label: number, classes: number) => tf.range(0, classes).equal(label))],
    wrong: { byTf: code((label: number, classes: number) => tf.oneHot(label, classes)) },
  },
  '5.2': {
    right: [
      code((w1: tf.Tensor2D, b1: tf.Tensor1D, w2: tf.Tensor2D, b2: tf.Tensor1D) => {
        const at = (x: tf.Tensor) => x.matMul(w1).add(b1).matMul(w2).add(b2);
        const b = at(tf.zeros([1, w1.shape[0]]));
        return [at(tf.eye(w1.shape[0])).sub(b), b];
      }),
    ],
    wrong: {
      pair: code((w1: tf.Tensor2D, _: tf.Tensor1D, w2: tf.Tensor2D) => w1.matMul(w2)),
      vector: code((...[w1, b1, w2]: Layers) => [w1.matMul(w2), tf.matMul(b1, w2)]),
    },
  },
  '5.3': {
    right: [
      code((logits: number[]) =>
        logits.map(z => 1 / sum(logits.map(other => Math.exp(other - z)))),
      ),
    ],
    wrong: {
      notFinite: code((logits: number[]) =>
        logits.map(z => Math.exp(z) / sum(logits.map(Math.exp))),
      ),
      byTf: code((logits: number[]) =>
        (tf.layers.softmax().apply(tf.tensor2d([logits])) as tf.Tensor).flatten(),
      ),
    },
  },
  '7.1': {
    right: [
      // Kept from 0, as Keras does.
      code(async (p: number[], label: number) => {
        const own = Math.max(itemAt(p, label), 1e-7);
        p.sort();
        return -Math.log2(own) * Math.LN2;
      }),
    ],
  },
  '9.3': {
    right: [code(counts)],
    wrong: {
      notFinite: code((labels: Digits, predictions: Digits) => {
        const rows: Rows = Array.from({ length: 10 }, () => []);
        for (const [i, label] of labels.entries()) {
          const [row, column] = [itemAt(rows, label), itemAt(predictions, i)];
          row[column] = (row[column] as number) + 1;
        }
        return rows;
      }),
      shape: code((labels: Digits, predictions: Digits) => counts(labels, predictions).dataSync()),
    },
  },
  '10.1': {
    wrong: { byTf: code((rows: Rows) => tf.tensor2d(rows).argMax(1).dataSync()) },
  },
};
