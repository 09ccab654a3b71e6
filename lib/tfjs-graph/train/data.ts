import * as tf from '@tensorflow/tfjs';
import type { InnerModel, Part } from './trainer';

/** A model's samples or targets: several tensors where it has several inputs or outputs. */
export type Tensors = tf.Tensor | tf.Tensor[];

/** How the samples are to be divided and weighted. */
export interface DataOptions {
  readonly batchSize: number;
  readonly validationSplit?: number | undefined;
  readonly validationData?: [Tensors, Tensors] | undefined;
  readonly classWeight?: Readonly<Record<number, number>> | undefined;
  readonly sampleWeight?: tf.Tensor | undefined;
}

/** Samples for training and for validation; the caller disposes of what was made for them. */
export interface TrainingData {
  readonly training: Part;
  readonly validation?: Part | undefined;
  dispose(): void;
}

/** Checks the samples as tfjs-layers does, and divides them: those for validation are the last. */
export async function trainingData(
  model: InnerModel,
  x: Tensors,
  y: Tensors,
  options: DataOptions,
): Promise<TrainingData> {
  const { batchSize, classWeight, validationData, validationSplit = 0 } = options;
  const made: tf.Tensor[] = [];
  const dispose = () => tf.dispose(made);
  const standardize = async (inputs: Tensors, labels: Tensors, weights?: typeof classWeight) => {
    const targets = [labels].flat().map(label => asFloat(label, made));
    const [xs, ys, ws] = await model.standardizeUserData(
      inputs,
      targets,
      null,
      weights ?? null,
      false,
      batchSize,
    );
    const given = [inputs, targets].flat();
    made.push(...[...xs, ...ys, ...(ws ?? [])].filter(tensor => !given.includes(tensor)));
    return { columns: [...xs, ...ys], outputs: ys.length, weights: ws ?? [] };
  };
  try {
    const { columns, outputs, weights } = await standardize(x, y, everyClass(model, classWeight));
    const weighted = combine(weights, outputs, options.sampleWeight);
    made.push(...weighted.filter(w => w !== options.sampleWeight && !made.includes(w)));
    const samples = columns[0]?.shape[0] ?? 0;
    const split = validationData ? samples : Math.floor(samples * (1 - validationSplit));
    // As in Keras, the samples' own weights follow them, those of their classes do not.
    const own = combine([], outputs, options.sampleWeight);
    const rest = { columns: [...columns, ...own], start: split, count: samples - split };
    return {
      training: { columns: [...columns, ...weighted], start: 0, count: split },
      validation: validationData
        ? whole((await standardize(...validationData)).columns)
        : rest.count > 0
          ? rest
          : undefined,
      dispose,
    };
  } catch (error) {
    dispose();
    throw error;
  }
}

/**
 * Converts labels to float32: TensorFlow.js's sparse losses take no integers, as Keras's do.
 *
 * @param made is given what has to be disposed of.
 */
export function asFloat(labels: tf.Tensor, made: tf.Tensor[]): tf.Tensor {
  if (labels.dtype !== 'int32') return labels;
  const converted = labels.toFloat();
  made.push(converted);
  return converted;
}

/** Names every class, as tfjs-layers wants it; one that was not named counts 1, as in Keras. */
function everyClass(
  { outputs }: InnerModel,
  classWeight: DataOptions['classWeight'],
): DataOptions['classWeight'] {
  if (!classWeight) return undefined;
  const classes = Math.max(2, ...outputs.map(({ shape }) => shape.at(-1) ?? 0));
  const ones = Object.fromEntries(Array.from({ length: classes }, (_, i) => [i, 1]));
  return { ...ones, ...classWeight };
}

const whole = (columns: tf.Tensor[]): Part => ({
  columns,
  start: 0,
  count: columns[0]?.shape[0] ?? 0,
});

/** Weighs each sample for each output: by its class times its own weight. */
function combine(
  classWeights: readonly tf.Tensor[],
  outputs: number,
  sampleWeight?: tf.Tensor,
): tf.Tensor[] {
  if (!sampleWeight) return [...classWeights];
  if (classWeights.length === 0) return Array.from({ length: outputs }, () => sampleWeight);
  return classWeights.map(weights => weights.mul(sampleWeight));
}
