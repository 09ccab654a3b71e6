/**
 * Judges initial weights for a model without any learning success: trains the model further, and a copy with
 * default initializers, under equal conditions.
 */
import * as tf from '@tensorflow/tfjs';
import { percent } from '../../format';
import { NotFiniteError } from '../../input/not-finite';
import { failIf, task } from '../judging/exercise';
import { layersWithWeights, namesOf, parseDigitModel } from '../judging/models';
import { loadDigits, validationAccuracy } from '../judging/sets';
import { en } from './text.en';
import { zh } from './text.zh';

/** Accuracy for success, and maximum accuracy for failure. */
const [LEARNT, LITTLE] = [0.6, 0.4];

export const failingWeights = task({ en, zh }, async (answer, { wrong, other, reward }) => {
  const model = parseDigitModel(answer);
  failIf(!model.optimizer, wrong.notCompiled);
  failIf(!model.optimizer.iterations, wrong.notTrained);
  const initial = await validationAccuracy(model);
  failIf(initial > LEARNT, wrong.learns(percent(initial, 1)));
  // Train further, because the learner's training may have been short.
  const final = await accuracyAfterTraining(model);
  const accuracy = percent(final, 1);
  failIf(final > LITTLE, wrong.learns(accuracy));
  const reference = await accuracyAfterTraining(model, true);
  const usual = percent(reference, 1);
  failIf(reference < LEARNT, wrong.notTheWeights(usual));
  return reward(accuracy, usual, other[await causeOf(model)]);
});

/** Trains a copy of the model, optionally from default weights, and measures the accuracy. */
async function accuracyAfterTraining(model: tf.LayersModel, isReset = false): Promise<number> {
  const copy = await copyOf(model, isReset);
  const [x, digits] = await loadDigits('train', 3000);
  const isSparse = namesOf(model.loss).some(name => /sparse/i.test(name));
  const y = isSparse ? tf.tensor1d(digits, 'int32') : tf.oneHot(digits, 10);
  try {
    await copy.fit(x, y, { epochs: 4, verbose: 0 });
  } catch (error) {
    // Divergence counts as failure, too.
    if (!(error instanceof NotFiniteError)) throw error;
  }
  const accuracy = await validationAccuracy(copy);
  tf.dispose([x, y]);
  copy.optimizer.dispose();
  copy.dispose();
  return accuracy;
}

/** Copies a model with the same compile options, and with the same weights or default initial weights. */
async function copyOf(model: tf.LayersModel, isReset: boolean): Promise<tf.LayersModel> {
  const topology = JSON.stringify(model.toJSON(null, false));
  const modelTopology = JSON.parse(topology, (key, value) =>
    isReset && key === 'kernel_initializer' ? undefined : value,
  );
  const copy = await tf.models.modelFromJSON(modelTopology);
  if (!isReset) copy.setWeights(model.getWeights());
  const { optimizer, loss } = model;
  const kind = optimizer.constructor as tf.serialization.SerializableConstructor<tf.Optimizer>;
  copy.compile({ optimizer: kind.fromConfig(kind, optimizer.getConfig()), loss });
  return copy;
}

async function causeOf(model: tf.LayersModel): Promise<keyof (typeof en)['other']> {
  const [layer, next] = layersWithWeights(model);
  const [kernel, bias] = layer?.getWeights() ?? [];
  if (!layer || kernel?.shape.length !== 2 || kernel.shape[0] !== 784) return 'unknown';
  const largest = (tensor: tf.Tensor) => tensor.max().dataSync()[0] ?? 0;
  const [x] = await loadDigits('train', 100);
  return tf.tidy(() => {
    const pictures = x.reshape([-1, 784]);
    x.dispose();
    const sums = pictures.matMul(kernel).add(bias ?? 0);
    const isSilent = layer.getConfig().activation === 'relu' && largest(sums) <= 0;
    if (isSilent && largest(next?.getWeights()[0]?.abs() ?? tf.scalar(1)) === 0) return 'zero';
    if (isSilent) return 'dead';
    const differences = kernel.sub(kernel.slice([0, 0], [-1, 1])).abs();
    if (largest(differences) < 1e-6 * Math.max(1, largest(kernel.abs()))) return 'alike';
    return largest(kernel.abs()) > 1 ? 'large' : 'unknown';
  });
}
