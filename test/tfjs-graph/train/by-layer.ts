/** What Keras needs to know of a model, layer by layer, as it counts its weights. */
import * as tf from '@tensorflow/tfjs';
import type { Values } from '../../../lib/tools/bench/models/data';

export const valuesOf = (tensor: tf.Tensor): Values => ({
  data: tensor.dataSync() as Values['data'],
  shape: tensor.shape,
});

export const weightsOf = ({ layers }: tf.LayersModel): Values[] =>
  layers.flatMap(layer => layer.getWeights()).map(valuesOf);

export function setWeightsOf({ layers }: tf.LayersModel, weights: readonly Values[]): void {
  const rest = weights.map(({ data, shape }) => tf.tensor(data, [...shape]));
  for (const layer of layers) layer.setWeights(rest.splice(0, layer.weights.length));
}

/** What each Dropout layer multiplies by at every step, as far as it has a seed. */
export const masksOf = ({ layers }: tf.LayersModel, batchSize: number): Values[] =>
  layers.filter(isDropout).map(layer => {
    const shape = [batchSize, ...layer.outputShape.slice(1)] as number[];
    return valuesOf(layer.apply(tf.ones(shape), { training: true }) as tf.Tensor);
  });

export const isDropout = (layer: tf.layers.Layer) => layer.getClassName() === 'Dropout';
