/** What figures take, and what they say to what they cannot take. */
import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs';
import { mnist } from 'mnist-data-loader';
import { useDevice } from '../../../lib/digits/device/use';
import { divide } from '../../../lib/digits/training/divide';
import * as figures from '../../../lib/digits/figures';
import { argMax, readClasses, readJudged, readPictures } from '../../../lib/digits/figures/given';
import { setLanguage } from '../../../lib/digits/language';
import { greyPictures } from './support';

/** What a learner gives by mistake, which TypeScript would refuse. */
const wrong = (given: unknown) => given as never;
const labels = (given: unknown) => Array.from(readClasses(wrong(given), 'labels'));
const pixels = (given: unknown, i = 0) => Array.from(readPictures(wrong(given)).pixels(i));

describe('what figures are given', () => {
  before(async () => {
    await useDevice('cpu');
  });
  afterEach(() => setLanguage('en'));

  it('are labels in whatever they come', () => {
    const oneHot = tf.oneHot(tf.tensor1d([7, 2, 1], 'int32'), 10);
    for (const given of [
      [7, 2, 1],
      Uint8Array.of(7, 2, 1),
      { shape: [3], data: Uint8Array.of(7, 2, 1) },
      ...[tf.tensor1d([7, 2, 1], 'int32'), tf.tensor1d([7, 2, 1]), tf.tensor2d([[7], [2], [1]])],
      ...[oneHot.argMax(1), oneHot.argMax(1).arraySync(), [[7], [2], [1]]],
    ]) {
      assert.deepEqual(labels(given), [7, 2, 1]);
    }
  });

  it('are probabilities in whatever they come', () => {
    const rows = [
      [0.25, 0.75],
      [1, 0],
    ];
    for (const given of [rows, rows.flat(), tf.tensor2d(rows), Float32Array.from(rows.flat())]) {
      const { samples } = readJudged(greyPictures(2), [1, 1], given);
      assert.deepEqual(
        samples.map(({ probabilities, prediction }) => [prediction, probabilities]),
        [
          [1, rows[0]],
          [0, rows[1]],
        ],
      );
    }
    assert.equal(argMax([0.5, 0.5]), 0, 'the first of those alike');
  });

  it('are pictures as loaded, as tensors, divided or not, with a channel or without, as lists', async () => {
    const [, [images]] = await mnist.loadData();
    const two = images.slice(1, 2);
    const expected = Array.from(two.data.slice(784));
    const bytes = tf.tensor3d(two.data, [2, 28, 28], 'int32');
    const x = divide(two, 255);
    for (const given of [
      ...[two, bytes, bytes.toFloat(), x, x.mul(1), x.reshape([2, 28, 28, 1]), x.clone()],
      ...[bytes.arraySync(), x.arraySync()],
    ]) {
      assert.deepEqual(pixels(given, 1), expected);
      assert.deepEqual(readPictures(wrong(given)).size, [28, 28]);
    }
    assert.deepEqual(
      [x.mul(1), x, bytes].map(given => readPictures(wrong(given)).scale),
      [255, 255, 1],
    );
  });

  it('are white at 1 if no value is larger, in whatever they come', () => {
    const ink = tf.tensor3d([[[0, 0.2, 0.9]]]);
    assert.deepEqual(pixels(ink.greater(0.5)), [0, 0, 255]);
    assert.deepEqual(pixels(ink), [0, 51, 229]);
    assert.deepEqual(pixels([[[0, 1, 2]]]), [0, 1, 2]);
    assert.deepEqual(pixels([[[-1e-5, 1.00001]]]), [0, 255]);
  });

  it('are read where they are, and left as they are', () => {
    const [x, y] = [tf.zeros([1, 2, 2]), tf.tensor1d([1, 2])];
    const { numTensors } = tf.memory();
    readPictures(x);
    labels(y);
    assert.equal(tf.memory().numTensors, numTensors);
    assert.ok(!x.isDisposed && !y.isDisposed);
  });

  const disposed = () => {
    const gone = tf.tensor1d([1]);
    gone.dispose();
    return gone;
  };
  const x = (count: number) => greyPictures(count);
  const convolutional = () =>
    tf.sequential({
      layers: [
        tf.layers.conv2d({ inputShape: [4, 4, 1], filters: 2, kernelSize: 2 }),
        tf.layers.flatten(),
        tf.layers.dense({ units: 2 }),
      ],
    });
  const functional = () => {
    const input = tf.input({ shape: [4] });
    const output = tf.layers.dense({ units: 2 }).apply(input) as tf.SymbolicTensor;
    return tf.model({ inputs: input, outputs: output });
  };
  const { probabilityBars, digitRow, redrawDigits, baselines, networkDiagram } = figures;
  const faults: [what: string, call: () => unknown, en: string, zh: string][] = [
    [
      'nothing',
      () => labels(undefined),
      'TypeError: Expected numbers as labels, such as testY.slice(0, 4), but received undefined. Run the cell that makes it first, and check how its name is spelt.',
      '标签应当是数，例如 testY.slice(0, 4)，收到的是 undefined。请先运行',
    ],
    ['null', () => labels(null), 'TypeError: … received null. Run', '收到的是 null。请先运行'],
    [
      'a Promise',
      () => labels(Promise.resolve([1])),
      'TypeError: … but received a Promise, whose values are still to come. Write await before',
      '收到的是 Promise，其中的值还没有算好。请在得到它的调用前面写上 await。',
    ],
    [
      'what was disposed of',
      () => labels(disposed()),
      'TypeError: … a tensor that has been disposed of. Run the cell',
      '收到的是已被释放（dispose）的张量。请再运行一次',
    ],
    [
      'strings',
      () => labels(['7', '2']),
      'TypeError: … values of type string. Make them numbers first',
      '收到的是类型为 string 的值。请先变成数',
    ],
    ['a string among them', () => labels([1, '2']), '… values of type string', '类型为 string'],
    ['big integers', () => labels(BigInt64Array.of(1n)), '… values of type bigint', 'bigint'],
    ['a tensor of strings', () => labels(tf.tensor1d(['7'])), '… values of type string', 'string'],
    [
      'a string',
      () => labels('712'),
      "… but received string. Give the loader's array",
      '收到的是 string。可以是',
    ],
    ['an object', () => labels({ data: [1] }), '… but received Object.', '收到的是 Object。'],
    ['a map', () => labels(new Map()), '… but received Map.', '收到的是 Map。'],
    [
      'a single number',
      () => labels(7),
      '… but received 7. Write a single one as a list, too: [7].',
      '收到的是 7。只有一个时也要写成列表：[7]。',
    ],
    [
      'lists of unequal lengths',
      () =>
        probabilityBars(
          x(2),
          [0, 0],
          wrong([
            [0.5, 0.5],
            [1, 0, 0],
          ]),
        ),
      'RangeError: Expected probabilities of one shape, but item 0 is [2] and item 1 is [3].',
      '概率的每一项应当形状相同，第 0 项是 [2]，第 1 项却是 [3]。',
    ],
    [
      'one-hot labels',
      () => labels(tf.zeros([4, 10])),
      'RangeError: Expected labels to be one number for each sample but received shape [4, 10]. … argMax(1)',
      '标签应当每个样本一个数，收到的形状是 [4, 10]。…argMax(1)',
    ],
    [
      'pictures as labels',
      () => labels(tf.zeros([4, 28, 28])),
      '… shape [4, 28, 28]. Pass labels such as testY',
      '标签请用 testY.slice(0, 4) 这样的切片',
    ],
    ...[10, -1, 0.5, Number.NaN].map((value): [string, () => unknown, string, string] => [
      `the label ${value}`,
      () => labels(Float32Array.of(1, value)),
      `RangeError: Expected labels to be whole numbers from 0 to 9, but number 1 is ${value}. Use labels as loaded`,
      `标签应当是 0～9 的整数，第 1 个却是 ${value}。标签请用加载得到的数字`,
    ]),
    [
      'a prediction that is no class',
      () => figures.confusionMatrix([1], [11]),
      'RangeError: Expected predictions to be … number 0 is 11. Use argMax(1)',
      '预测应当是 0～9 的整数，第 0 个却是 11。预测请用 argMax(1)',
    ],
    [
      'other numbers of each',
      () => digitRow(x(1), { title: '', labels: [1, 2, 3], predictions: [1, 2, 3] }),
      'RangeError: Expected as many of each, at least one, but received 1 picture, 3 labels, 3 predictions. Take the same slice of the same set.',
      '数量应当相同，至少各有一个，收到的是 1 张图片、3 个标签、3 个预测。请取同一个集合的同一段切片。',
    ],
    [
      'no samples',
      () => figures.digitAccuracy([], []),
      '… received 0 labels, 0',
      '0 个标签、0 个预测',
    ],
    [
      'too few labels',
      () => figures.digitWall(x(2), [1]),
      '… 2 pictures, 1 label.',
      '2 张图片、1 个标签',
    ],
    [
      'too few rows of probabilities',
      () => probabilityBars(x(3), [0, 0, 0], tf.zeros([2, 10])),
      '… 3 pictures, 2 rows of probabilities',
      '3 张图片、2 行概率',
    ],
    [
      'unequal rows of probabilities',
      () => probabilityBars(x(3), [0, 0, 0], new Float32Array(31)),
      'RangeError: Expected a row of probabilities for each of 3 samples but received shape [31]. Pass digits.predict(model, x), … without argMax.',
      '3 个样本应当各有一行概率，收到的形状是 [31]。',
    ],
    [
      'predictions for probabilities',
      () => probabilityBars(x(1), [0], [1]),
      '… without argMax',
      'argMax',
    ],
    [
      'logits',
      () => probabilityBars(x(1), [0], [[4, -2]]),
      'RangeError: Expected probabilities from 0 to 1, but number 0 is 4. If the model gives logits, write .softmax()',
      '概率应当在 0 和 1 之间，第 0 个却是 4。',
    ],
    [
      'a label without a probability',
      () => figures.worstMistakes(x(1), [5], [[0.5, 0.5]]),
      '… whole numbers from 0 to 1, but number 0 is 5.',
      '0～1 的整数，第 0 个却是 5。',
    ],
    [
      'one picture without its axis',
      () => pixels({ shape: [28, 28], data: new Uint8Array(784) }),
      'RangeError: Expected pictures of shape [pictures, height, width] but received [28, 28]. Pass pictures as loaded; for a single one take a slice, testX.slice(0, 1).',
      '图片的形状应当是 [张数, 高, 宽]，收到的是 [28, 28]。请传入',
    ],
    [
      'rows of pixels',
      () => pixels(tf.zeros([2, 784])),
      '… [2, 784]. Write x.reshape([-1, 28, 28])',
      '请写 x.reshape',
    ],
    ['colours', () => pixels(tf.zeros([1, 8, 8, 3])), '… received [1, 8, 8, 3]', '[1, 8, 8, 3]'],
    ...[-1, 256, Number.NaN].map((value): [string, () => unknown, string, string] => [
      `the pixel ${value}`,
      () => pixels(tf.tensor3d([[[0, value]]])),
      `RangeError: Expected pixels from 0 to 255, or from 0 to 1, but number 1 is ${value}.`,
      `像素应当在 0～255 或 0～1 之间，第 1 个却是 ${value}。`,
    ]),
    [
      'several pictures',
      () => figures.pixelNumbers(x(3)),
      'RangeError: Expected a single picture but received 3. Take one as a slice',
      '应当只有一张图片，收到的是 3 张。请用切片',
    ],
    [
      'too few to draw from',
      () => redrawDigits(x(3), [0, 0, 0], [0, 0, 0]),
      'RangeError: Expected at least 4 pictures to draw from but received 3. Pass the whole test set.',
      '应当至少有 4 张图片可抽，收到的是 3 张。',
    ],
    [
      'a row without a title',
      () => digitRow(x(3), wrong(undefined)),
      'TypeError: Expected the second argument of digitRow to be { title, labels, predictions }.',
      'digitRow 的第二个参数应当是 { title, labels, predictions }。请写上',
    ],
    ...[97.5, -0.1, Number.NaN, undefined, '0.97', [0.08, 0.97]].map(
      (value): [string, () => unknown, string, string] => {
        const received = typeof value === 'number' ? value : typeof value;
        return [
          `the accuracy ${value}`,
          () => baselines(wrong(value)),
          `RangeError: Expected an accuracy from 0 to 1 but received ${received}. Write`,
          `准确率应当在 0 和 1 之间，收到的是 ${received}。`,
        ];
      },
    ),
    [
      'a history without an epoch',
      () => figures.historyCurves({ loss: [] }),
      'RangeError: Expected a history with at least one epoch of loss but received ["loss"]. Pass',
      '应当有至少一轮的损失，收到的是 ["loss"]。',
    ],
    [
      'no history',
      () => figures.historyCurves(wrong(undefined)),
      '… received [].',
      '收到的是 []。',
    ],
    [
      'what is no step',
      () => figures.oneStep(wrong({})),
      'TypeError: Expected what digits.oneStep(model, x, y) returns',
      '这里应当是 digits.oneStep(model, x, y) 的结果',
    ],
    [
      'an unbuilt model',
      () => networkDiagram(tf.sequential()),
      'TypeError: Expected a built Sequential model … but received Sequential. Build it',
      '应当是搭建好的 Sequential 模型…收到的是 Sequential。',
    ],
    ['a functional model', () => networkDiagram(functional()), '… received Model.', 'Model。'],
    [
      'a model of filters',
      () => figures.unitWeights(convolutional()),
      'RangeError: Expected a model of pictures whose first Dense layer has a weight for each pixel',
      '对每个像素有一个权重；这个模型不是。',
    ],
  ];
  const pattern = (words: string) =>
    new RegExp(
      words
        .split('…')
        .map(part => part.trim().replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
        .join('.*'),
    );
  for (const [what, call, en, zh] of faults) {
    it(`are not ${what}: it is explained`, () => {
      assert.throws(call, pattern(en));
      setLanguage('zh');
      assert.throws(call, pattern(zh));
    });
  }
});
