import * as tf from '@tensorflow/tfjs';
import { pythonShape } from '../format';
import { LearnerError } from '../input/errors';
import { checkModel } from '../input/model';
import { itemAt } from '../item-at';
import { messages } from '../language';
import { PICTURE } from './mnist-picture';
import { type Activation, activations, type DenseLayer } from './plain-network';

/** Layers that pass values on unchanged, or flatten a sample without changing the memory order. */
const PASSING = ['InputLayer', 'Flatten', 'Dropout'];

/**
 * Returns the Dense layers of a Sequential model made of Flatten, Dense and Dropout layers, with 28 × 28 inputs
 * and ten probabilities as output. Throws an error with the reason for other models and for non-finite weights.
 */
export function denseLayers(model: tf.LayersModel): DenseLayer[] {
  checkModel(model, 'digitPad(model)');
  checkShapes(model);
  const layers = model.layers.filter(layer => !PASSING.includes(layer.getClassName())).map(dense);
  const last = layers.at(-1)?.activation;
  if (last === 'softmax' || last === 'sigmoid') return layers;
  throw new LearnerError('PadModelError', messages().pad.noProbabilities(String(last)));
}

function checkShapes(model: tf.LayersModel): void {
  const kind = model.getClassName();
  const isSequential = kind === 'Sequential' && model.layers.length > 0;
  const input = isSequential ? model.inputs[0]?.shape.slice(1) : undefined;
  const output = isSequential ? model.outputs[0]?.shape.slice(1) : undefined;
  const pixels = tf.util.sizeFromShape((input ?? []) as number[]);
  if (pixels === PICTURE * PICTURE && output?.length === 1 && output[0] === 10) return;
  const shapes = `${pythonShape(input ?? [])} → ${pythonShape(output ?? [])}`;
  throw new LearnerError('PadModelError', messages().pad.otherShapes(isSequential ? shapes : kind));
}

function dense(layer: tf.layers.Layer): DenseLayer {
  const kind = layer.getClassName();
  const activation = String(layer.getConfig().activation);
  const isVector = !Array.isArray(layer.input) && layer.input.shape.length === 2;
  if (kind !== 'Dense' || !isVector || !isKnown(activation)) {
    const received = kind === 'Dense' && isVector ? `${kind}, ${activation}` : kind;
    throw new LearnerError(
      'PadModelError',
      messages().pad.otherLayer(activations, layer.name, received),
    );
  }
  const parameters = layer.getWeights().map(weights => weights.dataSync<'float32'>());
  if (!parameters.every(values => values.every(Number.isFinite))) {
    throw new LearnerError('PadModelError', messages().pad.notFinite(layer.name));
  }
  const bias = parameters[1] ?? new Float32Array(Number(layer.getConfig().units));
  return { kernel: itemAt(parameters, 0), bias, activation };
}

const isKnown = (name: string): name is Activation => (activations as string[]).includes(name);
