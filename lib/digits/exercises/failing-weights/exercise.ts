/**
 * First weights that cannot learn. Whether they are to blame is tried: the learner's model is trained
 * anew from them, and from the usual ones, all else equal.
 */
import * as tf from '@tensorflow/tfjs';
import { percent } from '../../format';
import { NotFiniteError } from '../../input/not-finite';
import { failIf, type Task } from '../judging/exercise';
import { layersWithWeights, namesOf, parseDigitModel } from '../judging/models';
import { loadDigits, validationAccuracy } from '../judging/sets';
import { en } from './text.en';
import { zh } from './text.zh';

/** The accuracy above which a model has learnt, and below which it has learnt next to nothing. */
const [LEARNT, LITTLE] = [0.6, 0.4];

export const failingWeights: Task<typeof en> = {
  texts: { en, zh },
  async verify(answer, { wrong, other, reward }) {
    const model = parseDigitModel(answer);
    failIf(!model.optimizer, wrong.notCompiled);
    failIf(!model.optimizer.iterations, wrong.notTrained);
    const own = await validationAccuracy(model);
    failIf(own > LEARNT, wrong.learns(percent(own, 1)));
    // However long it is trained: it goes on from the weights that it has.
    const further = await learnt(model);
    const accuracy = percent(further, 1);
    failIf(further > LITTLE, wrong.learns(accuracy));
    const usual = await learnt(model, true);
    const usually = percent(usual, 1);
    failIf(usual < LEARNT, wrong.notTheWeights(usually));
    return reward(accuracy, usually, other[await troubleOf(model)]);
  },
};

/** Trains a copy of the model further, or from new weights, and measures it. */
async function learnt(model: tf.LayersModel, anew = false): Promise<number> {
  const copy = await copyOf(model, anew);
  const [x, digits] = await loadDigits('train', 3000);
  const labels = tf.tensor1d(digits, 'int32');
  const sparse = namesOf(model.loss).some(name => /sparse/i.test(name));
  const y = tf.tidy(() => (sparse ? labels.clone() : tf.oneHot(labels, 10)));
  try {
    await copy.fit(x, y, { epochs: 4, verbose: 0 });
  } catch (error) {
    // Weights that grow beyond all numbers have not learnt either.
    if (!(error instanceof NotFiniteError)) throw error;
  }
  const accuracy = await validationAccuracy(copy);
  tf.dispose([x, labels, y]);
  copy.optimizer.dispose();
  copy.dispose();
  return accuracy;
}

/** Builds the same model and compiles it alike; its weights are the same, or anew the usual ones. */
async function copyOf(model: tf.LayersModel, anew: boolean): Promise<tf.LayersModel> {
  const topology = JSON.stringify(model.toJSON(null, false));
  const modelTopology = JSON.parse(topology, (key, value) =>
    anew && key === 'kernel_initializer' ? undefined : value,
  );
  const copy = await tf.models.modelFromJSON(modelTopology);
  if (!anew) copy.setWeights(model.getWeights());
  const { optimizer, loss } = model;
  const kind = optimizer.constructor as tf.serialization.SerializableConstructor<tf.Optimizer>;
  copy.compile({ optimizer: kind.fromConfig(kind, optimizer.getConfig()), loss });
  return copy;
}

/** Tells what is the matter with the first layer that has weights, so that the model does not learn. */
async function troubleOf(model: tf.LayersModel): Promise<keyof (typeof en)['other']> {
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
