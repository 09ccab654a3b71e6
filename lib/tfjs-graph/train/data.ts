import * as tf from '@tensorflow/tfjs';
import { InputError } from '../errors';
import type { ClassWeight, ClassWeights, FitOptions } from './options';
import { type InnerModel, inOrder, type NamedTensors, type Part } from './trainer';

interface DataOptions
  extends Pick<FitOptions, 'validationSplit' | 'validationData' | 'classWeight'> {
  readonly batchSize: number;
}

/** Samples for training and for validation; the caller disposes of what was made for them. */
export interface TrainingData {
  readonly training: Part;
  readonly validation?: Part | undefined;
  dispose(): void;
}

/**
 * Checks the samples as tfjs-layers does, and divides them: those for validation are the last.
 *
 * @throws InputError in the words of tfjs-layers if their shapes or numbers are not what the model takes.
 */
export async function trainingData(
  model: InnerModel,
  x: NamedTensors,
  y: NamedTensors,
  options: DataOptions,
): Promise<TrainingData> {
  const { batchSize, classWeight, validationSplit } = options;
  const validationData = options.validationData?.length ? options.validationData : undefined;
  const all = [x, y, validationData] as tf.TensorContainer;
  const given = new Set(tf.tensor_util.getTensorsInContainer(all));
  const used: tf.Tensor[] = [];
  const dispose = () => tf.dispose(used.filter(tensor => !given.has(tensor)));
  const standardize = async (
    samples: NamedTensors,
    labels: NamedTensors,
    classWeights: readonly ClassWeight[] | null = null,
  ) => {
    const inputs = inOrder(samples, model.feedInputNames);
    // TensorFlow.js's sparse losses take no integers, as Keras's do.
    const targets = inOrder(labels, model.feedOutputNames).map(label =>
      label.dtype === 'int32' ? label.toFloat() : label,
    );
    used.push(...targets);
    const [xs, ys, ws] = await model
      .standardizeUserData(inputs, targets, null, classWeights, false, batchSize)
      .catch(error => {
        throw new InputError({ code: 'data', message: error.message }, { cause: error });
      });
    const columns = [...xs, ...ys];
    used.push(...columns, ...(ws ?? []));
    return { columns, start: 0, count: columns[0]?.shape[0] ?? 0, weights: ws ?? [] };
  };
  try {
    const classWeights = classWeightsOf(model, classWeight);
    const { columns, count, weights } = await standardize(x, y, classWeights);
    const split = validationData ? count : Math.floor(count * (1 - (validationSplit ?? 0)));
    const rest = { columns, start: split, count: count - split };
    return {
      training: { columns: [...columns, ...weights], start: 0, count: split },
      validation: validationData
        ? await standardize(...validationData)
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
 * Returns the weights of all classes of each output, as tfjs-layers wants them: a class, or an output,
 * that was not named counts 1, as in Keras.
 *
 * @throws InputError if a model has several outputs, and it is not said whose weights they are.
 */
function classWeightsOf(
  { outputs, outputNames }: Pick<InnerModel, 'outputs' | 'outputNames'>,
  given: ClassWeights | null | undefined,
): ClassWeight[] | null {
  if (!given) return null;
  const names = Object.keys(given);
  const isNamed = names.length > 0 && names.every(name => outputNames.includes(name));
  const each = Array.isArray(given)
    ? given
    : isNamed
      ? outputNames.map(name => (given as Readonly<Record<string, ClassWeight>>)[name])
      : [given as ClassWeight];
  if (each.length !== outputs.length) {
    const expected = `weights for each of the outputs ${outputNames.join(', ')}`;
    const received = JSON.stringify(given);
    throw new InputError({ code: 'option-value', name: 'classWeight', expected, received });
  }
  return outputs.map(({ shape }, i) => {
    const classes = Math.max(2, shape.at(-1) ?? 0);
    const ones = Object.fromEntries(Array.from({ length: classes }, (_, c) => [c, 1]));
    return { ...ones, ...each[i] };
  });
}
