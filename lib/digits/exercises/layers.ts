import type * as tf from '@tensorflow/tfjs';

/** Lists the layers that have weights, such as Dense; those of a model within the model one by one. */
export const layersWithWeights = ({ layers }: Container): tf.layers.Layer[] =>
  layers.flatMap(layer => {
    if ('layers' in layer) return layersWithWeights(layer as unknown as Container);
    return layer.weights.some(({ shape }) => shape.length > 1) ? [layer] : [];
  });

type Container = Pick<tf.LayersModel, 'layers'>;
