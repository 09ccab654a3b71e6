/** Data and options that do not fit the lesson's model, and what the errors say of them. */
import * as tf from '@tensorflow/tfjs';
import type { Text } from '../../../lib/digits/language';
import type { FitOptions } from '../../../lib/digits/training/fit';
import { compiledModel } from '../../support';

/** Something wrong, and what the error says of it. */
export interface Wrong extends Text {
  readonly x?: () => unknown;
  readonly y?: () => unknown;
  readonly model?: () => tf.LayersModel;
  readonly options?: () => FitOptions;
}

export const SAMPLES = 20;

/** @param x pictures, `[20, 28, 28]`. @param y their labels, int32. */
export function wrongData(x: tf.Tensor3D, y: tf.Tensor1D) {
  const withLoss = (loss: string) => () => {
    const made = tf.sequential({ layers: compiledModel().layers });
    made.compile({ optimizer: 'adam', loss });
    return made;
  };
  const disposed = (tensor: () => tf.Tensor) => () => {
    const copy = tensor().clone();
    copy.dispose();
    return copy;
  };
  const lastLabel = (label: number, dtype: 'int32' | 'float32' = 'int32') =>
    tf.tensor1d([...y.dataSync().slice(0, -1), label], dtype);
  const ones = (...shape: number[]) => tf.ones(shape);
  const words = (n: number) => tf.tensor1d(Array<string>(n).fill('7'));

  const samples: Wrong[] = [
    {
      x: () => x.gather(0),
      en: '(None, 28, 28) but received (28, 28): a single sample, without the batch axis. Add the axis with x.reshape([1, 28, 28])',
      zh: '(None, 28, 28) 的一批样本，收到的是 (28, 28)：这是一个样本，缺少批次轴。解决办法：加上批次轴，x.reshape([1, 28, 28])',
    },
    {
      x: () => x.reshape([SAMPLES, 784]),
      en: '(None, 28, 28) but received (20, 784). Give each sample the shape (28, 28)',
      zh: '(None, 28, 28) 的一批样本，收到的是 (20, 784)。解决办法：让每个样本的形状为 (28, 28)',
    },
    {
      x: () => x.slice(0, 0),
      en: 'Expected x to have at least one sample but received none. Check the slice',
      zh: 'x 应当至少有一个样本，收到的是 0 个。请检查取样本的切片',
    },
    {
      x: () => words(SAMPLES),
      en: 'Expected x to hold numbers, float32 or int32, but received string. Convert the values to numbers first',
      zh: 'x 应当由数值组成（float32 或 int32），收到的类型是 string。请先把它们变成数值',
    },
    {
      x: () => tf.complex(x, x),
      en: 'Expected x to hold numbers, float32 or int32, but received complex64.',
      zh: 'x 应当由数值组成（float32 或 int32），收到的类型是 complex64。',
    },
    {
      x: disposed(() => x),
      en: 'x has been disposed of, so its values are gone. Run the cell that creates it again',
      zh: 'x 已被释放（dispose），数值已经没有了。请重新运行创建它的单元格',
    },
    {
      x: () => new Uint8Array(784),
      en: 'Expected x to be a tensor but received Uint8Array. For pictures, write divide(trainX, 255)',
      zh: 'x 应当是张量，收到的是 Uint8Array。图片：divide(trainX, 255)',
    },
    {
      x: () => [x, x],
      en: 'Expected 1 tensor(s) as x but received 2. Give one for each input',
      zh: '这个模型需要 1 个张量作为 x，收到的是 2 个。请为模型的每个输入',
    },
  ];

  const labels: Wrong[] = [
    {
      y: () => y.slice(0, 15),
      en: 'as many labels as samples but received 20 samples and 15 labels. Take both from the same set',
      zh: '样本和标签应当一样多，收到的是 20 个样本和 15 个标签。请检查两者是否取自同一个集合',
    },
    {
      y: () => y.concat(y),
      en: 'received 20 samples and 40 labels',
      zh: '收到的是 20 个样本和 40 个标签',
    },
    {
      y: () => tf.oneHot(y, 10),
      en: "shape (None,) but received (20, 10). They look one-hot, but the sparse loss takes the digits themselves. Write y.argMax(-1), or compile with loss: 'categoricalCrossentropy'",
      zh: "形状应当是 (None,)，收到的是 (20, 10)。看来是独热编码，但稀疏交叉熵要的是数字本身。请写 y.argMax(-1)，或者用 loss: 'categoricalCrossentropy'",
    },
    {
      model: withLoss('categoricalCrossentropy'),
      en: "shape (None, 10) but received (20,). They look like digits, but categoricalCrossentropy takes one-hot labels. Compile with loss: 'sparseCategoricalCrossentropy', or write tf.oneHot(y, 10)",
      zh: "形状应当是 (None, 10)，收到的是 (20,)。看来是数字，但 categoricalCrossentropy 要的是独热编码。请用 loss: 'sparseCategoricalCrossentropy' 重新 compile，或者写 tf.oneHot(y, 10)",
    },
    {
      model: withLoss('meanSquaredError'),
      y: () => ones(SAMPLES, 9),
      en: "shape (None, 10) but received (20, 9). Give each label the shape of the model's output",
      zh: '形状应当是 (None, 10)，收到的是 (20, 9)。请让每个标签与模型的输出形状相同',
    },
    {
      y: () => words(SAMPLES),
      en: 'Expected y to hold numbers, float32 or int32, but received string.',
      zh: 'y 应当由数值组成（float32 或 int32），收到的类型是 string。',
    },
    {
      y: disposed(() => y),
      en: 'y has been disposed of, so its values are gone.',
      zh: 'y 已被释放（dispose）',
    },
  ];

  const values: Wrong[] = [
    {
      y: () => lastLabel(10),
      en: 'integers from 0 to 9, one for each output of the model, but label 19 (counting from 0) is 10. If that class really exists, the last layer needs units: 11',
      zh: '模型有 10 个输出，标签应当是 0～9 的整数，但第 19 个（从 0 数起）是 10。如果确实有这一类，最后一层需要 units: 11',
    },
    ...[-1, 0.5, Number.NaN, Number.POSITIVE_INFINITY].map(label => ({
      y: () => lastLabel(label, 'float32'),
      en: `label 19 (counting from 0) is ${label}. Labels are class numbers`,
      zh: `第 19 个（从 0 数起）是 ${label}。标签是类别的编号`,
    })),
  ];

  const others: Wrong[] = [
    ...[0, -5, 1.5, Number.NaN].map(batchSize => ({
      options: () => ({ batchSize }),
      en: `Expected batchSize to be an integer greater than 0 but received ${batchSize}.`,
      zh: `batchSize 应当是大于 0 的整数，收到的是 ${batchSize}。`,
    })),
    ...[0, Number.POSITIVE_INFINITY].map(epochs => ({
      options: () => ({ epochs }),
      en: `Expected epochs to be an integer greater than 0 but received ${epochs}.`,
      zh: `epochs 应当是大于 0 的整数，收到的是 ${epochs}。`,
    })),
    {
      options: () => ({ validationSplit: 0.99 }),
      en: 'validationSplit 0.99 leaves none of the 20 samples to train on. Use a smaller value',
      zh: 'validationSplit 为 0.99 时，20 个样本全都留作验证，没有剩下可以训练的。请把它改小',
    },
    {
      options: () => ({ validationData: [x, lastLabel(12)] }),
      en: 'validationData: Expected labels to be integers from 0 to 9',
      zh: 'validationData: 模型有 10 个输出，标签应当是 0～9 的整数',
    },
    {
      options: () => ({ validationData: [x.slice(0, 0), y.slice(0, 0)] }),
      en: 'validationData: Expected x to have at least one sample',
      zh: 'validationData: x 应当至少有一个样本',
    },
    {
      options: () => ({ sampleWeight: ones(3) }),
      en: 'Expected sampleWeight to have shape (20,), one weight per sample, but received (3,). Take it from the same slice',
      zh: 'sampleWeight 的形状应当是 (20,)，每个样本一个权重，收到的是 (3,)。请与 x 取同一段切片',
    },
  ];

  return { samples, labels, values, others };
}
