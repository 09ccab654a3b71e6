import * as tf from '@tensorflow/tfjs';
import type { Text } from 'digits/language';
import type { OptimizerState } from '../optimizer-state';
import type { InnerModel } from '../trainer';
import { ACTIVATIONS } from './activations';
import type { DenseLayer, Trainable } from './layer';
import { NotDenseError } from './not-dense';

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
 * The model's Dense layers.
 *
 * @throws NotDenseError unless they, Flatten and the usual loss are all there is, and all weights
 * are trained.
 */
export function denseLayers(model: InnerModel, { slots }: OptimizerState): DenseLayer[] {
  const stack = stackOf(model);
  stack.forEach(requireUsual);
  if (!isSparseCrossEntropy(model)) throw new NotDenseError(LOSS);
  // Those of the last compile, less those frozen since.
  const weights = model.collectedTrainableWeights.map(weight => weight.read());
  const trainable = (weight: Weight): Trainable => {
    const variable = weight.read();
    const i = weights.indexOf(variable);
    if (i < 0 || !variable.trainable) throw new NotDenseError(FROZEN);
    return { variable, slots: slots[i] ?? [] };
  };
  return stack.map(({ units, kernel, bias, activation }) => ({
    inputs: kernel.read().shape[0] as number,
    units,
    // The last one's, softmax, goes with the loss.
    activation: ACTIVATIONS[activation.getClassName()],
    kernel: trainable(kernel),
    bias: bias ? trainable(bias) : undefined,
  }));
}

/** The Dense layers of a model that is nothing but these, one after the other, and Flatten before. */
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
  if (!stack) throw new NotDenseError(LAYERS);
  return layers.slice(first) as Dense[];
}

function requireUsual(layer: Dense, i: number, stack: readonly Dense[]): void {
  const isMatrix = ({ shape }: tf.SymbolicTensor) => shape.length === 2;
  if (!isMatrix(layer.input as tf.SymbolicTensor)) throw new NotDenseError(LAYERS);
  const name = layer.activation.getClassName();
  const known = i === stack.length - 1 ? name === 'softmax' : name in ACTIVATIONS;
  if (!known) throw new NotDenseError(ACTIVATION);
  const { losses, kernelConstraint, biasConstraint } = layer;
  if (losses.length > 0 || kernelConstraint || biasConstraint) throw new NotDenseError(PENALTY);
}

/** Whether the loss is the sparse cross-entropy, and the only metric, if any, its accuracy. */
function isSparseCrossEntropy({ loss, metrics }: InnerModel): boolean {
  const given = [metrics ?? []].flat();
  const known: unknown[] = ['accuracy', 'acc', tf.metrics.sparseCategoricalAccuracy];
  return (
    loss === 'sparseCategoricalCrossentropy' &&
    given.length <= 1 &&
    given.every(metric => known.includes(metric))
  );
}

const LAYERS: Text = {
  zh: '它不是由 Flatten 和 Dense 层依次连成的',
  en: 'it is not a plain stack of Flatten and Dense layers',
};

const ACTIVATION: Text = {
  zh: '它的激活函数不都是隐含层用 linear、relu、sigmoid 或 tanh，输出层用 softmax',
  en: 'its activations are not linear, relu, sigmoid or tanh in hidden layers and softmax at the end',
};

const PENALTY: Text = {
  zh: '它的层带有正则化或约束',
  en: 'its layers have regularizers or constraints',
};

const LOSS: Text = {
  zh: '它的损失不是 sparseCategoricalCrossentropy，或者有准确率以外的指标',
  en: 'its loss is not sparseCategoricalCrossentropy, or it has metrics other than accuracy',
};

const FROZEN: Text = {
  zh: '它有一部分权重冻结了，不参加训练',
  en: 'some of its weights are frozen',
};
