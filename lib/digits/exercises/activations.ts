/** Finds the layers that a picture goes through, however the model was put together. */
import * as tf from '@tensorflow/tfjs';
import { itemAt } from '../item-at';
import { refute } from './exercise';
import { theDigitModel } from './values';

/** Takes a model for the digits that has so many hidden layers, one behind the other. */
export function theNetwork(answer: unknown, { hidden }: { hidden: number }): tf.LayersModel {
  const model = theDigitModel(answer);
  const found = activationsOf(model).length - 1;
  refute(found !== hidden, {
    zh: `这个模型有 ${found} 个隐含层，应当有 ${hidden} 个。输出层不算；并排的算一个，用两次的算两个。`,
    en: `This model has ${found} hidden layer${found === 1 ? '' : 's'}; it should have ${hidden}. The output layer does not count; layers side by side count as one, and a layer used twice as two.`,
  });
  return model;
}

/**
 * Names the activation of each layer that multiplies by weights, the output layer's last. An
 * activation that is a layer of its own counts for the one before it. Of several ways through the
 * model the one through most layers counts, and a model within the model by its own layers.
 */
export function activationsOf(model: tf.LayersModel): string[] {
  return onWayTo(itemAt(model.outputs, 0));
}

function onWayTo({ sourceLayer, inputs }: tf.SymbolicTensor): string[] {
  const before = inputs
    .map(onWayTo)
    .reduce((longest, other) => (other.length > longest.length ? other : longest), []);
  if (sourceLayer instanceof tf.LayersModel) return [...before, ...activationsOf(sourceLayer)];
  const activation = activationOf(sourceLayer);
  if (multiplies(sourceLayer)) return [...before, activation];
  return activation === 'linear' ? before : [...before.slice(0, -1), activation];
}

/** Tells whether a layer has weights and an activation upon them: Dense, a convolution, an LSTM. */
const multiplies = (layer: tf.layers.Layer): boolean =>
  layer.weights.length > 0 && 'activation' in layer.getConfig();

function activationOf(layer: tf.layers.Layer): string {
  const { activation } = layer.getConfig();
  if (typeof activation === 'string') return activation;
  const name = layer.getClassName();
  return /relu|elu|softmax|maxpooling/i.test(name) ? name.toLowerCase() : 'linear';
}
