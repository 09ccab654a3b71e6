import * as tf from '@tensorflow/tfjs';
import { isPresent } from '../../is-present';
import type { OptimizerState } from '../optimizer-state';
import type { InnerModel } from '../trainer';
import { ACTIVATIONS } from './activations';
import type { DenseLayer, Trainable } from './layer';

/** What is read of a Dense layer beyond its public type. */
interface Dense extends tf.layers.Layer {
  readonly units: number;
  readonly useBias: boolean;
  readonly activation: tf.serialization.Serializable;
  readonly kernel: { read(): tf.Variable };
  readonly bias?: { read(): tf.Variable } | null;
  /** The penalties of regularizers. */
  readonly losses: (() => tf.Scalar)[];
  readonly kernelConstraint?: unknown;
  readonly biasConstraint?: unknown;
}

/** The model's Dense layers; undefined unless they, Flatten and the usual loss are all there is. */
export function denseLayers(
  model: InnerModel,
  { slots }: OptimizerState,
): DenseLayer[] | undefined {
  const layers = model.layers.filter(layer => layer.getClassName() !== 'InputLayer');
  const first = layers.findIndex(layer => layer.getClassName() === 'Dense');
  const [before, stack] = [layers.slice(0, first), layers.slice(first) as Dense[]];
  const chain = layers.every(
    (layer, i) =>
      layer.inboundNodes.length === 1 && (i === 0 || layer.input === layers[i - 1]?.output),
  );
  const usual =
    first >= 0 &&
    chain &&
    model.inputs.length === 1 &&
    model.outputs.length === 1 &&
    before.every(layer => layer.getClassName() === 'Flatten') &&
    stack.every(isPlainDense) &&
    sparseCrossEntropy(model);
  if (!usual) return undefined;
  const weights = model.collectedTrainableWeights.map(weight => weight.read());
  const trainable = (variable: tf.Variable): Trainable => ({
    variable,
    slots: slots[weights.indexOf(variable)] ?? [],
  });
  const made = stack.map(({ units, kernel, bias, activation }, i): DenseLayer | undefined => {
    const name = activation.getClassName();
    const last = i === stack.length - 1;
    if (last ? name !== 'softmax' : !(name in ACTIVATIONS)) return undefined;
    return {
      inputs: kernel.read().shape[0] as number,
      units,
      activation: last ? undefined : ACTIVATIONS[name],
      kernel: trainable(kernel.read()),
      bias: bias ? trainable(bias.read()) : undefined,
    };
  });
  return made.every(isPresent) ? made : undefined;
}

const isPlainDense = (layer: Dense) =>
  layer.getClassName() === 'Dense' &&
  layer.trainable &&
  layer.losses.length === 0 &&
  !layer.kernelConstraint &&
  !layer.biasConstraint &&
  (layer.outputShape as tf.Shape).length === 2 &&
  (layer.input as tf.SymbolicTensor).shape.length === 2;

/** Whether the loss is the sparse cross-entropy, and the only metric, if any, its accuracy. */
function sparseCrossEntropy({ loss, metrics }: InnerModel): boolean {
  const given = [metrics ?? []].flat();
  const known: unknown[] = ['accuracy', 'acc', tf.metrics.sparseCategoricalAccuracy];
  return (
    loss === 'sparseCategoricalCrossentropy' &&
    given.length <= 1 &&
    given.every(metric => known.includes(metric))
  );
}
