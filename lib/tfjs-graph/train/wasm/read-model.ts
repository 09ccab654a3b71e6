import * as tf from '@tensorflow/tfjs';
import { at } from '../../array';
import { NotWasmError } from '../../errors';
import type { OptimizerState } from '../optimizer-state';
import { type InnerModel, trainableWeights } from '../trainer';
import { Dropout } from './dropout';
import { Convolution, Dense } from './filtering';
import {
  ACTIVATIONS,
  type Activation,
  type Filters,
  type MakeLayer,
  type Trainable,
} from './layer';
import { MaxPooling } from './max-pooling';
import { type Size, type Window, windowOn } from './pictures';

interface Stack {
  readonly inputs: number;
  readonly layers: readonly MakeLayer[];
}

/**
 * Reads a model.
 *
 * @throws NotWasmError unless it is a stack of the layers below, ends in softmax, has
 * the usual loss, and all its weights are trained.
 */
export function readModel(model: InnerModel, optimizer: OptimizerState): Stack {
  const stack = stackOf(model);
  stack.forEach(requireNoPenalty);
  if (!isCrossEntropy(model)) throw new NotWasmError('loss');
  // Those of the last compile, less those frozen since.
  const weights = trainableWeights(model);
  const trainable = (weight: Weight): Trainable => {
    const variable = weight.read();
    if (!weights.includes(variable) || !variable.trainable) throw new NotWasmError('frozen');
    return [variable, ...optimizer.slotsOf(variable)];
  };
  const activations = activationsOf(stack);
  const layers = stack.map((layer, i) => {
    const name = layer.getClassName();
    const read = ACTIVATED[name] ?? PLAIN[name];
    const activation = ACTIVATIONS[activations[i] ?? ''];
    return read?.(layer, { activation, trainable });
  });
  const inputs = shapeOf(at(stack, 0)).reduce((product, size) => product * size, 1);
  return { inputs, layers: layers.filter(each => each !== undefined) };
}

/** Returns the layers of a model that is nothing but known ones, one after the other. */
function stackOf(model: InnerModel): InnerLayer[] {
  const layers = model.layers.filter(layer => layer.getClassName() !== 'InputLayer');
  const known = { ...ACTIVATED, ...PLAIN, Activation: true };
  const isStack =
    layers.some(layer => layer.getClassName() in ACTIVATED) &&
    model.inputs.length === 1 &&
    model.outputs.length === 1 &&
    model.outputs[0] === layers.at(-1)?.output &&
    model.outputs[0]?.shape.length === 2 &&
    layers.every(
      (layer, i) =>
        layer.getClassName() in known &&
        layer.inboundNodes.length === 1 &&
        (i === 0 ? layer.input === model.inputs[0] : layer.input === layers[i - 1]?.output),
    );
  if (!isStack) throw new NotWasmError('layers');
  return layers as InnerLayer[];
}

/**
 * Names the activation of each layer that has one. A layer that is nothing but an activation gives its own
 * to the one before.
 *
 * @throws NotWasmError for one that is not known, or unless the last of all is softmax.
 */
function activationsOf(stack: readonly InnerLayer[]): (string | undefined)[] {
  const names: (string | undefined)[] = stack.map(() => undefined);
  let last = -1;
  stack.forEach((layer, i) => {
    const name = layer.getClassName();
    if (name in ACTIVATED) {
      last = i;
      names[i] = layer.activation.getClassName();
    } else if (name === 'Activation') {
      // None may lie in between, as the numbers have changed there.
      if (last !== i - 1 || names[last] !== 'linear') throw new NotWasmError('layers');
      names[last] = layer.activation.getClassName();
    }
  });
  const known = names.every((name, i) => i === last || !name || name in ACTIVATIONS);
  const isAtEnd = stack.slice(last + 1).every(layer => layer.getClassName() === 'Activation');
  if (!known || !isAtEnd || names[last] !== 'softmax') throw new NotWasmError('activation');
  return names;
}

function requireNoPenalty({ losses, kernelConstraint, biasConstraint }: InnerLayer): void {
  if (losses.length > 0 || kernelConstraint || biasConstraint) throw new NotWasmError('penalty');
}

/** The metrics that are the accuracy, by the name of the loss. */
const ACCURACIES: Readonly<Record<string, readonly unknown[]>> = {
  sparseCategoricalCrossentropy: ['accuracy', 'acc', tf.metrics.sparseCategoricalAccuracy],
  categoricalCrossentropy: ['accuracy', 'acc', tf.metrics.categoricalAccuracy],
};

/** Says whether the loss is a cross-entropy of classes, and the only metric, if any, its accuracy. */
function isCrossEntropy({ loss, metrics }: InnerModel): boolean {
  const known = ACCURACIES[String(loss)];
  const given = [metrics ?? []].flat();
  return known !== undefined && given.length <= 1 && given.every(metric => known.includes(metric));
}

interface Weight {
  read(): tf.Variable;
}

/** A layer with fields that its public type leaves out; each layer has only some of them. */
interface InnerLayer extends tf.layers.Layer {
  readonly activation: tf.serialization.Serializable;
  readonly kernel: Weight;
  readonly bias?: Weight | null;
  readonly kernelSize: Size;
  readonly dilationRate: Size;
  readonly poolSize: Size;
  readonly strides: Size;
  readonly padding: 'same' | 'valid';
  readonly dataFormat?: 'channelsFirst' | 'channelsLast';
  readonly rate: number;
  readonly noiseShape?: readonly number[];
  readonly seed?: number;
  readonly losses: (() => tf.Scalar)[];
  readonly kernelConstraint?: unknown;
  readonly biasConstraint?: unknown;
}

interface Context {
  /** Of the layer's activation, and of one that follows; none of the last layer's, which is softmax. */
  readonly activation: Activation | undefined;
  readonly trainable: (weight: Weight) => Trainable;
}

/** Returns what makes the layer here; undefined for one that hands on its numbers as they lie. */
type Read = (layer: InnerLayer, context: Context) => MakeLayer | undefined;

/** The layers that have an activation, by their names in tfjs-layers. */
const ACTIVATED: Readonly<Record<string, Read>> = {
  Dense(layer, context) {
    if (shapeOf(layer).length !== 1) throw new NotWasmError('layers');
    const filters = filtersOf(layer, context);
    return (memory, input) => new Dense(memory, input, filters);
  },

  Conv2D(layer, context) {
    if (layer.dilationRate.some(rate => rate !== 1)) throw new NotWasmError('layers');
    const window = windowOf(layer, layer.kernelSize);
    const filters = filtersOf(layer, context);
    return (memory, input) => new Convolution(memory, input, window, filters);
  },
};

const PLAIN: Readonly<Record<string, Read>> = {
  Flatten(layer) {
    // That one also turns the pictures.
    if (layer.dataFormat === 'channelsFirst') throw new NotWasmError('layers');
    return undefined;
  },

  Reshape: () => undefined,

  MaxPooling2D(layer) {
    const window = windowOf(layer, layer.poolSize);
    return (memory, input) => new MaxPooling(memory, input, window);
  },

  Dropout({ rate, noiseShape, seed }) {
    if (noiseShape) throw new NotWasmError('layers');
    if (rate <= 0 || rate >= 1) return undefined;
    return (memory, input) => new Dropout(memory, input, rate, seed);
  },
};

const filtersOf = ({ kernel, bias }: InnerLayer, { activation, trainable }: Context): Filters => ({
  activation,
  kernel: trainable(kernel),
  bias: bias ? trainable(bias) : undefined,
});

function shapeOf({ input }: tf.layers.Layer): readonly number[] {
  const [, ...shape] = (input as tf.SymbolicTensor).shape;
  return shape.map(size => {
    if (size === null) throw new NotWasmError('layers');
    return size;
  });
}

function windowOf(layer: InnerLayer, size: Size): Window {
  const shape = shapeOf(layer);
  if (shape.length !== 3 || layer.dataFormat === 'channelsFirst') throw new NotWasmError('layers');
  return windowOn([1, ...shape], size, { strides: layer.strides, pad: layer.padding });
}
