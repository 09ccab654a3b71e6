/** Datasets of a few samples, and models for them. */
import * as tf from '@tensorflow/tfjs';

export const SAMPLES = 30;

const numbers = (width: number, seed: number) =>
  tf.randomNormal([SAMPLES, width], 0, 1, 'float32', seed).arraySync() as number[][];
export const classes = tf
  .oneHot(tf.randomUniform([SAMPLES], 0, 3, 'int32', 2), 3)
  .arraySync() as number[][];
export const xs = numbers(4, 1);

/** Rows one by one, always in this order. */
export const rows = () => tf.data.zip({ xs: tf.data.array(xs), ys: tf.data.array(classes) });

export function compiled(): tf.LayersModel {
  const kernelInitializer = tf.initializers.glorotUniform({ seed: 3 });
  const layer = tf.layers.dense({
    ...{ units: 3, activation: 'softmax', inputShape: [4], kernelInitializer },
  });
  const model = tf.sequential({ layers: [layer] });
  model.compile({ optimizer: 'sgd', loss: 'categoricalCrossentropy', metrics: ['accuracy'] });
  return model;
}

/** Two inputs and two outputs. */
export function branched(): tf.LayersModel {
  const left = tf.input({ shape: [2], name: 'left' });
  const right = tf.input({ shape: [2], name: 'right' });
  const both = tf.layers.concatenate().apply([left, right]) as tf.SymbolicTensor;
  const output = (name: string, seed: number) => {
    const kernelInitializer = tf.initializers.glorotUniform({ seed });
    const layer = tf.layers.dense({ units: 3, activation: 'softmax', name, kernelInitializer });
    return layer.apply(both) as tf.SymbolicTensor;
  };
  const model = tf.model({
    inputs: [left, right],
    outputs: [output('kind', 4), output('size', 5)],
  });
  model.compile({
    optimizer: 'sgd',
    loss: ['categoricalCrossentropy', 'meanSquaredError'],
    metrics: ['accuracy'],
  });
  return model;
}

export const batches = (size = 8) => rows().batch(size);

/** Elements made anew at each reading. */
export const generated = (make: () => Generator<unknown>) =>
  tf.data.generator(make as () => Generator<tf.TensorContainer>);

export const validation = () => rows().skip(3).take(20).batch(7);
