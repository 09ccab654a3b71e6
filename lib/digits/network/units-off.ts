import * as tf from '@tensorflow/tfjs';
import { withLearnerErrors } from '../device/engine-messages';
import { checkInput } from '../input/data';
import { checkCounts, type Given, readClasses } from '../input/given';
import { requireModel } from '../input/model';
import { itemAt } from '../item-at';
import { messages } from '../language';
import { pixelWeights } from './pixel-weights';

/** The hidden units are switched off in so many equal steps: 16 by 16 of the lesson's 128. */
const STEPS = 8;

/**
 * Measures the accuracy with more and more hidden units switched off, the first ones, as if their
 * outgoing weights were 0. The model stays as it is.
 *
 * @returns the counts of units switched off, from 0 to all, and the accuracy with each, 0 to 1.
 */
export function accuracyByUnitsOff(model: tf.LayersModel, x: tf.Tensor, y: Given) {
  requireModel(model, 'withoutUnits(model, x, y)');
  const { layer, units } = pixelWeights(model);
  const later = model.layers.slice(model.layers.indexOf(layer) + 1);
  if (model.getClassName() !== 'Sequential' || later.length === 0) {
    throw new RangeError(messages().figures.withoutUnits.otherModel);
  }
  checkInput(model, x);
  const labels = readClasses(y, 'labels');
  checkCounts({ pictures: itemAt(x.shape, 0), labels: labels.length });
  const before = tf.model({ inputs: model.inputs, outputs: layer.output as tf.SymbolicTensor });
  const off = Array.from({ length: STEPS + 1 }, (_, i) => Math.round((units * i) / STEPS));
  const counts = [...new Set(off)];
  const accuracies = withLearnerErrors(() =>
    tf.tidy(() => {
      const outputs = before.apply(x, { training: false }) as tf.Tensor;
      const truth = tf.tensor1d(Array.from(labels), 'int32');
      return counts.map(count => {
        const on = tf.range(0, units, 1).greaterEqual(count);
        const last = later.reduce(
          (values, layer) => layer.apply(values, { training: false }) as tf.Tensor,
          outputs.mul(on),
        );
        return itemAt(last.argMax(-1).equal(truth).sum().dataSync(), 0) / labels.length;
      }) as never;
    }),
  ) as readonly number[];
  return { counts, accuracies };
}
