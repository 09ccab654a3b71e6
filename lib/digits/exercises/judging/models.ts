/** Reads models: which layers a picture goes through, however the model was put together. */
import * as tf from '@tensorflow/tfjs';
import { itemAt } from '../../item-at';
import { messages } from '../../language';
import { failIf, formatValue, requireAnswer, WrongAnswer } from './exercise';

const texts = () => messages().exercises.models;

/** Takes a model with one input and one output; one without layers is no answer. */
export function parseModel(answer: unknown): tf.LayersModel {
  const value = requireAnswer(answer);
  if (!(value instanceof tf.LayersModel)) throw new WrongAnswer(texts().none(formatValue(value)));
  failIf(value.inputs.length > 1 || value.outputs.length > 1, texts().several);
  return value;
}

/** Takes a model as the digits need it: 28 × 28 in, ten numbers out. */
export function parseDigitModel(answer: unknown): tf.LayersModel {
  const model = parseModel(answer);
  const [input, output] = [model.inputs, model.outputs].map(([tensor]) =>
    String(tensor?.shape.slice(1)),
  ) as [string, string];
  failIf(input === '784', texts().flatInput);
  failIf(input !== '28,28', texts().otherInput(input));
  failIf(output === '28,10', texts().noFlatten);
  failIf(output !== '10', texts().otherOutput(output));
  return model;
}

/** Takes a model of pictures of 28 × 28, with or without a channel, and of ten numbers. */
export function parseClassifier(answer: unknown): tf.LayersModel {
  const model = parseModel(answer);
  const shape = String(model.inputs[0]?.shape.slice(1));
  return shape === '28,28,1' && String(model.outputs[0]?.shape.slice(1)) === '10'
    ? model
    : parseDigitModel(model);
}

/** Takes a model for the digits that has two hidden layers, one behind the other. */
export function parseNetwork(answer: unknown): tf.LayersModel {
  const model = parseDigitModel(answer);
  const found = activationsOf(model).length - 1;
  failIf(found !== 2, texts().hiddenLayers(found, 2));
  return model;
}

/**
 * Names the activation of each layer that multiplies by weights, the output layer's last. An
 * activation that is a layer of its own counts for the one before it. Of several ways through the
 * model the one through most layers counts, and a model within the model by its own layers.
 */
export function activationsOf(model: tf.LayersModel): string[] {
  return activationsBefore(itemAt(model.outputs, 0));
}

function activationsBefore({ sourceLayer, inputs }: tf.SymbolicTensor): string[] {
  const before = inputs
    .map(activationsBefore)
    .reduce((longest, other) => (other.length > longest.length ? other : longest), []);
  if (sourceLayer instanceof tf.LayersModel) return [...before, ...activationsOf(sourceLayer)];
  const config = sourceLayer.getConfig();
  const activation = activationOf(sourceLayer);
  // Dense, a convolution, an LSTM: weights, and an activation upon them.
  if (sourceLayer.weights.length > 0 && 'activation' in config) return [...before, activation];
  return activation === 'linear' ? before : [...before.slice(0, -1), activation];
}

function activationOf(layer: tf.layers.Layer): string {
  const { activation } = layer.getConfig();
  if (typeof activation === 'string') return activation;
  const name = layer.getClassName();
  return /relu|elu|softmax|maxpooling/i.test(name) ? name.toLowerCase() : 'linear';
}

/** Lists the layers that have weights, such as Dense; those of a model within the model one by one. */
export const layersWithWeights = ({ layers }: Pick<tf.LayersModel, 'layers'>): tf.layers.Layer[] =>
  layers.flatMap(layer => {
    if ('layers' in layer) return layersWithWeights(layer as unknown as tf.LayersModel);
    return layer.weights.some(({ shape }) => shape.length > 1) ? [layer] : [];
  });

/** Names losses or metrics, which may be given by name, as functions, or by output. */
export function namesOf(given: unknown): string[] {
  if (typeof given === 'function') return [given.name];
  if (given !== null && typeof given === 'object') return Object.values(given).flatMap(namesOf);
  return [String(given)];
}
