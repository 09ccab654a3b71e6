/** Data and arguments that do not fit the lesson's model, and the expected errors. */
import * as tf from '@tensorflow/tfjs';
import type { Messages } from '../../../lib/digits/messages/en';
import type { FitArgs } from '../../../lib/digits/training/fit';
import { compiledModel } from '../../support';

/** A mistake, and TensorFlow.js's message, or the message of a language's table. */
export interface Wrong {
  readonly x?: () => unknown;
  readonly y?: () => unknown;
  readonly model?: () => tf.LayersModel;
  readonly args?: () => FitArgs;
  readonly says: RegExp | ((table: Messages['input']) => string);
}

export const SAMPLES = 20;

/** @param x pictures, `[20, 28, 28]`. @param y their labels, int32. */
export function wrongData(x: tf.Tensor3D, y: tf.Tensor1D) {
  const withLoss = (loss: string) => () => {
    const model = tf.sequential({ layers: compiledModel().layers });
    model.compile({ optimizer: 'adam', loss });
    return model;
  };
  const lastLabel = (label: number, dtype: 'int32' | 'float32' = 'int32') =>
    tf.tensor1d([...y.dataSync().slice(0, -1), label], dtype);
  const noClass = ({ noClass, names }: Messages['input'], label: string) =>
    noClass(names.labels, 10, SAMPLES - 1, label);

  const samples: Wrong[] = [
    { x: () => x.gather(0), says: /to have 3 dimension\(s\).* shape \[?28,28/ },
    { x: () => x.reshape([20, 784]), says: /to have 3 dimension\(s\).* shape \[?20,784/ },
    {
      x: () => x.reshape([28, 20, 28]),
      says: /to have shape \[null,28,28\]|expected a batch of elements/,
    },
    { x: () => [x, x], says: /Expected to see 1 Tensor\(s\)/ },
  ];

  const labels: Wrong[] = [
    { y: () => y.slice(0, 15), says: /20 input sample\(s\) and 15 target sample\(s\)/ },
    { y: () => y.concat(y), says: /20 input sample\(s\) and 40 target sample\(s\)/ },
    { y: () => tf.oneHot(y, 10), says: /expected a batch of elements .* shape \[1\]/ },
    {
      model: withLoss('categoricalCrossentropy'),
      says: /expected a batch of elements .* shape \[10\]/,
    },
    {
      model: withLoss('meanSquaredError'),
      y: () => tf.ones([SAMPLES, 9]),
      says: /expected a batch of elements .* shape \[10\]/,
    },
    {
      y: () => {
        const copy = y.clone();
        copy.dispose();
        return copy;
      },
      says: /^Tensor is disposed\.$/,
    },
  ];

  const values: Wrong[] = [
    { y: () => lastLabel(10), says: m => noClass(m, '10') + m.oneMoreClass(11) },
    ...[-1, 0.5, Number.NaN, Number.POSITIVE_INFINITY].map(label => ({
      y: () => lastLabel(label, 'float32'),
      says: (m: Messages['input']) => noClass(m, String(label)) + m.classCures.labels,
    })),
  ];

  const mistakes: Wrong[] = [
    ...[0, -5, 1.5, Number.NaN].map(batchSize => ({
      args: () => ({ batchSize }),
      says: /batchSize is required to be a positive integer, but got /,
    })),
    ...[0, Number.POSITIVE_INFINITY].map(epochs => ({
      args: () => ({ epochs }),
      says: (m: Messages['input']) => m.wholeNumber('epochs', String(epochs), 5),
    })),
    ...[1, Number.NaN].map(validationSplit => ({
      args: () => ({ validationSplit }),
      says: (m: Messages['input']) => m.validationSplit(String(validationSplit)),
    })),
    { args: () => ({ validationSplit: 0.99 }), says: m => m.noneToTrain(0.99, 20) },
    { x: () => x.slice(0, 0), y: () => y.slice(0, 0), says: m => m.noSamples },
    {
      args: () => ({ validationData: [x, lastLabel(12)] }),
      says: m => noClass(m, '12') + m.oneMoreClass(13),
    },
    {
      args: () => ({ validationData: [x.slice(0, 0), y.slice(0, 0)] }),
      says: m => m.noSamples,
    },
  ];

  return { samples, labels, values, others: mistakes };
}
