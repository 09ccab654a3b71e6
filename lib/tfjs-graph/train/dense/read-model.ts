import * as tf from '@tensorflow/tfjs';
import { NotDenseError } from '../../errors';
import { at } from '../../present';
import type { OptimizerState } from '../optimizer-state';
import { type InnerModel, trainableWeights } from '../trainer';
import { ACTIVATIONS } from './activations';
import type { DenseLayer, Trainable } from './layer';

interface Weight {
  read(): tf.Variable;
}

/** What is read of a Dense layer beyond its public type. */
interface Dense extends tf.layers.Layer {
  readonly units: number;
  readonly useBias: boolean;
  readonly activation: tf.serialization.Serializable;
  readonly kernel: Weight;
  readonly bias?: Weight | null;
  /** The penalties of regularizers. */
  readonly losses: (() => tf.Scalar)[];
  readonly kernelConstraint?: unknown;
  readonly biasConstraint?: unknown;
}

/**
 * Returns the model's Dense layers.
 *
 * @throws NotDenseError unless they, Flatten and the usual loss are all there is, and all weights
 * are trained.
 */
export function denseLayers(model: InnerModel, optimizer: OptimizerState): DenseLayer[] {
  const stack = stackOf(model);
  stack.forEach(requireUsual);
  if (!isSparseCrossEntropy(model)) throw new NotDenseError('loss');
  // Those of the last compile, less those frozen since.
  const weights = trainableWeights(model);
  const trainable = (weight: Weight): Trainable => {
    const variable = weight.read();
    if (!weights.includes(variable) || !variable.trainable) throw new NotDenseError('frozen');
    return { variable, slots: optimizer.slotsOf(variable) };
  };
  return stack.map(({ units, kernel, bias, activation }) => ({
    inputs: at(kernel.read().shape, 0),
    units,
    // The last one's, softmax, goes with the loss.
    activation: ACTIVATIONS[activation.getClassName()],
    kernel: trainable(kernel),
    bias: bias ? trainable(bias) : undefined,
  }));
}

/** Returns the Dense layers of a model that is nothing but these, one after the other, and Flatten before. */
function stackOf(model: InnerModel): Dense[] {
  const layers = model.layers.filter(layer => layer.getClassName() !== 'InputLayer');
  const first = layers.findIndex(layer => layer.getClassName() === 'Dense');
  const stack =
    first >= 0 &&
    model.inputs.length === 1 &&
    model.outputs.length === 1 &&
    layers.every(
      (layer, i) =>
        layer.getClassName() === (i < first ? 'Flatten' : 'Dense') &&
        layer.inboundNodes.length === 1 &&
        (i === 0 || layer.input === layers[i - 1]?.output),
    );
  if (!stack) throw new NotDenseError('layers');
  return layers.slice(first) as Dense[];
}

function requireUsual(layer: Dense, i: number, stack: readonly Dense[]): void {
  const isMatrix = ({ shape }: tf.SymbolicTensor) => shape.length === 2;
  if (!isMatrix(layer.input as tf.SymbolicTensor)) throw new NotDenseError('layers');
  const name = layer.activation.getClassName();
  const known = i === stack.length - 1 ? name === 'softmax' : name in ACTIVATIONS;
  if (!known) throw new NotDenseError('activation');
  const { losses, kernelConstraint, biasConstraint } = layer;
  if (losses.length > 0 || kernelConstraint || biasConstraint) throw new NotDenseError('penalty');
}

/** Says whether the loss is the sparse cross-entropy, and the only metric, if any, its accuracy. */
function isSparseCrossEntropy({ loss, metrics }: InnerModel): boolean {
  const given = [metrics ?? []].flat();
  const known: unknown[] = ['accuracy', 'acc', tf.metrics.sparseCategoricalAccuracy];
  return (
    loss === 'sparseCategoricalCrossentropy' &&
    given.length <= 1 &&
    given.every(metric => known.includes(metric))
  );
}
