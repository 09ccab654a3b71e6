import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs';
import { useDevice } from '../../../lib/digits/device/use';
import { networkDiagram } from '../../../lib/digits/figures/network-diagram';
import { setLanguage } from '../../../lib/digits/language';
import { compiledModel } from '../../support';

interface Marks {
  mode: string;
  x: (number | null)[];
  text: string[];
  marker: { symbol: string; color: string };
}
const marks = (model: tf.LayersModel, mode: string) =>
  (networkDiagram(model).data as Marks[]).filter(trace => trace.mode === mode);
const rows = (model: tf.LayersModel) => marks(model, 'text+markers');
const links = (model: tf.LayersModel) =>
  marks(model, 'lines').map(({ x }) => x.filter(at => at === null).length);
const words = (model: tf.LayersModel) =>
  networkDiagram(model).layout.annotations?.map(({ text }) => text) ?? [];

function convolutional(): tf.Sequential {
  const model = tf.sequential();
  model.add(tf.layers.conv2d({ inputShape: [8, 8, 1], filters: 3, kernelSize: 3 }));
  model.add(tf.layers.batchNormalization());
  model.add(tf.layers.flatten());
  model.add(tf.layers.dropout({ rate: 0.5 }));
  model.add(tf.layers.dense({ units: 4, activation: 'tanh', useBias: false }));
  return model;
}

describe('networkDiagram', () => {
  before(async () => {
    await useDevice('cpu');
  });

  afterEach(() => setLanguage('en'));

  it("names each layer of the lesson's model, its output shape and its parameters", () => {
    assert.deepEqual(words(compiledModel()).slice(0, 4), [
      '<b>input</b><br>shape (None, 28, 28)',
      '<b>flatten (Flatten)</b><br>output shape (None, 784)',
      '<b>dense (Dense, relu)</b><br>output shape (None, 128)<br>784 × 128 + 128<br>= 100,480 parameters',
      '<b>dense_1 (Dense, softmax)</b><br>output shape (None, 10)<br>128 × 10 + 10<br>= 1,290 parameters',
    ]);
    assert.ok(words(compiledModel()).includes('<b>Total parameters: 101,770</b>'));
  });

  it('draws few units in full, and of many the ends with "…" between', () => {
    const [input, flatten, hidden, output] = rows(compiledModel());
    assert.deepEqual(
      [input, flatten, hidden, output].map(row => row?.x.length),
      [1, 8, 8, 10],
    );
    assert.equal(words(compiledModel()).filter(text => text === '<b>…</b>').length, 2);
    assert.deepEqual(input?.text, ['28 × 28']);
    assert.equal(input?.marker.symbol, 'square');
    assert.deepEqual(output?.text, ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9']);
  });

  it('joins all to all before a dense layer, and one to one before others', () => {
    assert.deepEqual(links(compiledModel()), [8, 64, 80]);
    assert.deepEqual(links(convolutional()), [3, 3, 8, 8, 32]);
  });

  it('colours the layers that learn', () => {
    const colors = rows(compiledModel()).map(({ marker }) => marker.color);
    assert.deepEqual(colors, ['#ffffff', '#ffffff', '#0072B2', '#0072B2']);
  });

  it('draws any stack: pictures as squares, each parameter counted', () => {
    const model = convolutional();
    const drawn = rows(model).map(({ x, marker }) => `${x.length} ${marker.symbol}`);
    assert.deepEqual(drawn, [
      '1 square',
      '3 square',
      '3 square',
      '8 circle',
      '8 circle',
      '4 circle',
    ]);
    assert.equal(
      networkDiagram(model).text,
      [
        'The network',
        'input: (None, 8, 8, 1)',
        'conv2d (Conv2D, linear): (None, 6, 6, 3), 3 × 3 × 1 × 3 + 3 = 30 parameters',
        'batch_normalization (BatchNormalization): (None, 6, 6, 3), 3 + 3 + 3 + 3 = 12 parameters',
        'flatten (Flatten): (None, 108)',
        'dropout (Dropout): (None, 108)',
        'dense (Dense, tanh): (None, 4), 108 × 4 = 432 parameters',
        'Total parameters: 474',
      ].join('\n'),
    );
  });

  it('speaks the language of the lesson', () => {
    setLanguage('zh');
    const { text } = networkDiagram(compiledModel());
    assert.match(text, /^网络的结构\n输入：\(None, 28, 28\)\n/);
    assert.match(
      text,
      /dense \(Dense, relu\)：\(None, 128\)，784 × 128 \+ 128 = 100\u202f480 个参数/,
    );
    assert.match(text, /参数总数：101\u202f770$/);
    assert.ok(words(compiledModel())[1]?.includes('输出形状 (None, 784)'));
  });

  it('explains what it cannot draw', () => {
    const input = tf.input({ shape: [4] });
    const output = tf.layers.dense({ units: 2 }).apply(input) as tf.SymbolicTensor;
    const functional = tf.model({ inputs: input, outputs: output });
    assert.throws(
      () => networkDiagram(functional),
      /^TypeError: Expected a built Sequential model whose first layer names its inputShape but received (Model|Functional)\. Build it/,
    );
    assert.throws(() => networkDiagram(tf.sequential()), /received Sequential/);
    setLanguage('zh');
    assert.throws(
      () => networkDiagram(tf.sequential()),
      /搭建好的 Sequential 模型.*请用 tf\.sequential/,
    );
  });
});
