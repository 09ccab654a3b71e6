/** Data and options that do not fit the lesson's model, and what the errors say of them. */
import * as tf from '@tensorflow/tfjs';
import type { Messages } from '../../../lib/digits/messages/en';
import type { FitOptions } from '../../../lib/digits/training/fit';
import { compiledModel } from '../../support';

/** Something wrong, and what the error says of it, by the table of a language. */
export interface Wrong {
  readonly x?: () => unknown;
  readonly y?: () => unknown;
  readonly model?: () => tf.LayersModel;
  readonly options?: () => FitOptions;
  readonly says: (table: Messages['input']) => string;
}

export const SAMPLES = 20;

/** @param x pictures, `[20, 28, 28]`. @param y their labels, int32. */
export function wrongData(x: tf.Tensor3D, y: tf.Tensor1D) {
  const withLoss = (loss: string) => () => {
    const made = tf.sequential({ layers: compiledModel().layers });
    made.compile({ optimizer: 'adam', loss });
    return made;
  };
  const disposed = (tensor: tf.Tensor) => () => {
    const copy = tensor.clone();
    copy.dispose();
    return copy;
  };
  const lastLabel = (label: number, dtype: 'int32' | 'float32' = 'int32') =>
    tf.tensor1d([...y.dataSync().slice(0, -1), label], dtype);
  const ones = (...shape: number[]) => tf.ones(shape);
  const words = (n: number) => tf.tensor1d(Array<string>(n).fill('7'));
  const batch = '(None, 28, 28)';
  const noClass = ({ noClass, names }: Messages['input'], label: string) =>
    noClass(names.labels, 10, SAMPLES - 1, label);
  const unequal = (labels: string) => (m: Messages['input']) =>
    m.unequalCounts([m.counted.samples('20'), m.counted.labels(labels)]);

  const samples: Wrong[] = [
    { x: () => x.gather(0), says: m => m.singleSample(batch, '(28, 28)', '[1, 28, 28]') },
    { x: () => x.reshape([20, 784]), says: m => m.otherSamples(batch, '(20, 784)', '(28, 28)') },
    { x: () => x.slice(0, 0), says: m => m.noSamples },
    { x: () => words(SAMPLES), says: m => m.noTensors('x', m.otherValues('string')) },
    { x: () => tf.complex(x, x), says: m => m.noTensors('x', m.otherValues('complex64')) },
    { x: disposed(x), says: m => m.noTensors('x', m.disposed) },
    { x: () => new Uint8Array(784), says: m => m.noTensors('x', m.otherThanTensor('Uint8Array')) },
    { x: () => [x, x], says: m => m.otherCount('x', 2, 1) },
  ];

  const labels: Wrong[] = [
    { y: () => y.slice(0, 15), says: unequal('15') },
    { y: () => y.concat(y), says: unequal('40') },
    { y: () => tf.oneHot(y, 10), says: m => m.labelShape('(None,)', '(20, 10)', m.labelsOneHot) },
    {
      model: withLoss('categoricalCrossentropy'),
      says: m => m.labelShape('(None, 10)', '(20,)', m.labelsSparse(10)),
    },
    {
      model: withLoss('meanSquaredError'),
      y: () => ones(SAMPLES, 9),
      says: m => m.labelShape('(None, 10)', '(20, 9)', m.labelsOther),
    },
    { y: () => words(SAMPLES), says: m => m.noTensors('y', m.otherValues('string')) },
    { y: disposed(y), says: m => m.noTensors('y', m.disposed) },
  ];

  const values: Wrong[] = [
    { y: () => lastLabel(10), says: m => noClass(m, '10') + m.oneMoreClass(11) },
    ...[-1, 0.5, Number.NaN, Number.POSITIVE_INFINITY].map(label => ({
      y: () => lastLabel(label, 'float32'),
      says: (m: Messages['input']) => noClass(m, String(label)) + m.classCures.labels,
    })),
  ];

  const others: Wrong[] = [
    ...[0, -5, 1.5, Number.NaN].map(batchSize => ({
      options: () => ({ batchSize }),
      says: (m: Messages['input']) => m.wholeNumber('batchSize', String(batchSize), 64),
    })),
    ...[0, Number.POSITIVE_INFINITY].map(epochs => ({
      options: () => ({ epochs }),
      says: (m: Messages['input']) => m.wholeNumber('epochs', String(epochs), 5),
    })),
    ...[1, Number.NaN].map(validationSplit => ({
      options: () => ({ validationSplit }),
      says: (m: Messages['input']) => m.validationSplit(String(validationSplit)),
    })),
    { options: () => ({ validationSplit: 0.99 }), says: m => m.noneToTrain(0.99, 20) },
    {
      options: () => ({ validationData: [x, lastLabel(12)] }),
      says: m => noClass(m, '12') + m.oneMoreClass(13),
    },
    {
      options: () => ({ validationData: [x.slice(0, 0), y.slice(0, 0)] }),
      says: m => m.noSamples,
    },
  ];

  return { samples, labels, values, others };
}
