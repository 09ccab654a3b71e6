/** Each figure of the lesson, and some figures that are harder to draw. */
import * as tf from '@tensorflow/tfjs';
import { mnist } from 'mnist-data-loader';
import * as figures from '../../../lib/digits/figures';
import type { Figure } from '../../../lib/digits/figures/figure';
import { StepMeans } from '../../../lib/digits/figures/step-means';
import { nudge } from '../../../lib/digits/network/nudge';
import type { UnitRecord } from '../../../lib/digits/network/pixel-weights';
import '../../../lib/digits/training/methods';
import { divide } from '../../../lib/tfjs-graph/bytes/divide';
import { beginChance } from '../../seed';
import { compiledModel } from '../../support';

function convolutional(): tf.Sequential {
  const model = tf.sequential();
  model.add(tf.layers.conv2d({ inputShape: [28, 28, 1], filters: 32, kernelSize: 3 }));
  model.add(tf.layers.maxPooling2d({ poolSize: 2 }));
  model.add(tf.layers.batchNormalization());
  model.add(tf.layers.conv2d({ filters: 64, kernelSize: 3, activation: 'relu' }));
  model.add(tf.layers.flatten());
  model.add(tf.layers.dense({ units: 10, activation: 'softmax' }));
  return model;
}

function manySteps(): StepMeans {
  const steps = new StepMeans(['loss', 'sparse_categorical_accuracy'], 750, 5);
  for (let i = 0; i < 3750; i++) steps.add({ loss: 1, sparse_categorical_accuracy: 0.5 });
  return steps;
}

/** Units with weights that grow with the steps. */
const record = (units: number, steps: readonly number[]): UnitRecord => ({
  size: [28, 28],
  snapshots: steps.map((step, n) => ({
    step,
    ...(n > 0 && { loss: 1 / n }),
    weights: Array.from({ length: units }, (_, unit) =>
      Float32Array.from({ length: 784 }, (_, index) => 0.1 * (n + 1) * Math.sin(unit + index ** 2)),
    ),
  })),
});

/** The mean cross-entropy in the form of a cell of the lesson. */
export const meanLoss = (model: tf.LayersModel, x: tf.Tensor, oneHot: tf.Tensor): tf.Scalar =>
  (model.apply(x) as tf.Tensor).log().mul(oneHot).sum(1).neg().mean();

/** Calls that draw the figures; the name of the figure comes first. */
export async function drawings(): Promise<Record<string, () => Figure>> {
  beginChance('figures');
  const [[trainImages, trainLabels], [testImages, testLabels]] = await mnist.loadData();
  const model = compiledModel();
  const convolutions = convolutional();
  const x = divide(testImages.slice(0, 300), 255);
  const y = testLabels.slice(0, 300);
  // An untrained network: nearly all answers are wrong, and each bar has a number.
  const probabilities = model.predict(x);
  const predictions = probabilities.argMax(1);
  const nearlyAll = testLabels.data.map((label, i) => (i % 9 ? label : (label + 1) % 10));
  const sure = tf.oneHot(predictions, 10).mul(0.99999).add(1e-6) as tf.Tensor;
  const few = { labels: y.slice(0, 4), predictions: predictions.slice(0, 4) };
  const batch = [x.slice(0, 64), tf.oneHot(tf.tensor1d(y.data.slice(0, 64), 'int32'), 10)] as const;
  const loss = () => meanLoss(model, ...batch);
  const { grads } = tf.variableGrads(loss);
  const steep = Object.fromEntries(Object.entries(grads).map(([name, g]) => [name, g.mul(100)]));
  const beside = figures.ORIGINAL_RUN;
  const writers = Array.from(y.data, (_, i) => `№ ${i % 29}`);
  const crowd = Array.from(testLabels.data, (_, i) => `«${'9'.repeat(40)}» ${i % 120}`);
  const title = '34 / 10,000 $ <&>';
  return {
    digitWall: () => figures.digitWall(trainImages, trainLabels),
    'digitWall of one': () => figures.digitWall([[[255]]], [7]),
    classCounts: () => figures.classCounts(trainLabels, testLabels),
    'classCounts of a large set': () => figures.classCounts(new Uint8Array(240_000), testLabels),
    'classCounts of nothing': () => figures.classCounts([], []),
    pixelNumbers: () => figures.pixelNumbers(trainImages.slice(0, 1)),
    'pixelNumbers from 0 to 1': () => figures.pixelNumbers(x.slice(0, 1)),
    'pixelNumbers of a blank': () => figures.pixelNumbers(tf.zeros([1, 28, 28])),
    networkDiagram: () => figures.networkDiagram(model),
    'networkDiagram with convolutions': () => figures.networkDiagram(convolutions),
    historyCurves: () => figures.historyCurves(beside.history, { steps: manySteps(), beside }),
    'historyCurves of the epochs alone': () => figures.historyCurves(beside.history),
    'historyCurves of one epoch': () => figures.historyCurves({ loss: [1], val_loss: [1] }),
    'historyCurves of many epochs': () => figures.historyCurves(figures.LONG_RUN.history),
    valley: () => figures.valley(model, loss),
    learningRates: () => figures.learningRates(loss, grads),
    'learningRates, too far': () => figures.learningRates(loss, steep),
    pushes: () => figures.pushes(probabilities.slice([0, 0], [1, 10]), y.slice(0, 1)),
    'pushes, sure and wrong': () => figures.pushes(sure.slice([0, 0], [1, 10]), [8]),
    boundary: figures.boundary,
    nudge: () => figures.nudge(nudge(model, x.slice(0, 1))),
    'nudge with convolutions': () =>
      figures.nudge(nudge(convolutions, x.slice(1, 1).expandDims(-1), { to: 3 })),
    baselines: () => figures.baselines(0.9753),
    'baselines of nothing right': () => figures.baselines(0),
    'baselines of all right': () => figures.baselines(1),
    probabilityBars: () =>
      figures.probabilityBars(x.slice(0, 4), few.labels, model.predict(x.slice(0, 4))),
    'probabilityBars of one': () => figures.probabilityBars(x.slice(0, 1), [7], sure.slice(0, 1)),
    forwardPass: () => figures.forwardPass(model, x.slice(0, 1)),
    classTest: () => figures.classTest(y, predictions, writers, 0.97),
    'classTest of one': () => figures.classTest([4], [4], ['<b>😀$'], 1),
    'classTest of many': () => figures.classTest(testLabels, nearlyAll, crowd, 0.5),
    confusionMatrix: () => figures.confusionMatrix(testLabels, nearlyAll),
    'confusionMatrix, three alike': () => figures.confusionMatrix([1, 2, 3, 4], [4, 3, 2, 4]),
    'confusionMatrix without a mistake': () => figures.confusionMatrix([1, 2], [1, 2]),
    worstMistakes: () => figures.worstMistakes(x, y, probabilities),
    'worstMistakes of a sure network': () => figures.worstMistakes(x, y, sure),
    'worstMistakes without any': () => figures.worstMistakes(x, predictions, probabilities),
    unitWeights: () => figures.unitWeights(model),
    unitsBorn: () => figures.unitsBorn(record(16, [0, 10, 100, 750, 3750])),
    'unitsBorn, three of them before training': () => figures.unitsBorn(record(3, [0])),
    'unitsBorn, many steps of thirteen': () =>
      figures.unitsBorn(record(13, [0, 10, 100, 750, 3750, 123_456])),
    withoutUnits: () => figures.withoutUnits(model, x, y),
    digitRow: () => figures.digitRow(x.slice(0, 4), { title, ...few }),
    'digitRow of one': () => figures.digitRow([[[0]]], { title, labels: [1], predictions: [2] }),
    redrawDigits: () => figures.redrawDigits(x, y, predictions),
  };
}
