/** Parses models and analyzes their layers, regardless of how the model was built. */
import * as tf from '@tensorflow/tfjs';
import { itemAt } from '../../item-at';
import { messages } from '../../language';
import { fail, failIf } from './exercise';
import { formatValue } from './format';
import { requireAnswer } from './parse';

const texts = () => messages().exercises.models;

/** Parses a model with a single input and output. A model without layers is no answer. */
export function parseModel(answer: unknown): tf.LayersModel {
  const value = requireAnswer(answer);
  if (!(value instanceof tf.LayersModel)) return fail(texts().none(formatValue(value)));
  failIf(value.inputs.length > 1 || value.outputs.length > 1, texts().several);
  return value;
}

/** Returns the shapes of an input and an output without the batch axis, such as `28,28` and `10`. */
export const shapesOf = ({ inputs, outputs }: tf.LayersModel): [input: string, output: string] => {
  const [input, output] = [itemAt(inputs, 0), itemAt(outputs, 0)];
  return [String(input.shape.slice(1)), String(output.shape.slice(1))];
};

/** Parses a model from pictures of 28 × 28 to ten numbers. */
export function parseDigitModel(answer: unknown): tf.LayersModel {
  const model = parseModel(answer);
  const [input, output] = shapesOf(model);
  failIf(input === '784', texts().flatInput);
  failIf(input !== '28,28', texts().otherInput(input));
  failIf(output === '28,10', texts().noFlatten);
  failIf(output !== '10', texts().otherOutput(output));
  return model;
}

/** Parses a model from pictures to ten numbers, with two hidden layers in sequence. */
export function parseNetwork(answer: unknown): tf.LayersModel {
  const model = parseDigitModel(answer);
  const count = activationsOf(model).length - 1;
  failIf(count !== 2, texts().hiddenLayers(count, 2));
  return model;
}

/**
 * Lists the activations of all layers with weights on the longest path through the model, including layers of nested
 * models. The output layer is last. An activation layer sets the activation of the previous layer.
 */
export function activationsOf(model: tf.LayersModel): string[] {
  return activationsUpTo(itemAt(model.outputs, 0));
}

function activationsUpTo({ sourceLayer, inputs }: tf.SymbolicTensor): string[] {
  const path = inputs
    .map(activationsUpTo)
    .reduce((longest, other) => (other.length > longest.length ? other : longest), []);
  if (sourceLayer instanceof tf.LayersModel) return [...path, ...activationsOf(sourceLayer)];
  const activation = activationOf(sourceLayer);
  // Dense, convolutional and LSTM layers have weights and an activation.
  const isWeighted = sourceLayer.weights.length > 0 && 'activation' in sourceLayer.getConfig();
  if (isWeighted) return [...path, activation];
  return activation === 'linear' ? path : [...path.slice(0, -1), activation];
}

function activationOf(layer: tf.layers.Layer): string {
  const { activation } = layer.getConfig();
  if (typeof activation === 'string') return activation;
  const name = layer.getClassName();
  return /relu|elu|softmax|maxpooling/i.test(name) ? name.toLowerCase() : 'linear';
}

/** Lists the layers with a weight matrix, such as Dense, including layers of nested models. */
export const layersWithWeights = ({ layers }: Pick<tf.LayersModel, 'layers'>): tf.layers.Layer[] =>
  layers.flatMap(layer => {
    if ('layers' in layer) return layersWithWeights(layer as unknown as tf.LayersModel);
    return layer.weights.some(({ shape }) => shape.length > 1) ? [layer] : [];
  });

/** Returns the names of losses or metrics, passed as names, as functions or by output. */
export function namesOf(metrics: unknown): string[] {
  if (typeof metrics === 'function') return [metrics.name];
  if (metrics !== null && typeof metrics === 'object')
    return Object.values(metrics).flatMap(namesOf);
  return [String(metrics)];
}
