import type * as tf from '@tensorflow/tfjs';
import { grouped, percent } from '../../format';
import { failIf, task } from '../judging/exercise';
import { layersWithWeights, parseModel, shapesOf } from '../judging/models';
import { fullValidationAccuracy, testAccuracy } from '../judging/sets';
import { en } from './text.en';
import { zh } from './text.zh';

/** Required accuracy, beyond the lesson's network. */
const GOOD = 0.975;

export const convolution = task({ en, zh }, async (answer, { wrong, reward }) => {
  const model = parseConvolution(answer, wrong);
  const share = await fullValidationAccuracy(model);
  const accuracy = percent(share, 1);
  failIf(share < GOOD && !model.optimizer?.iterations, wrong.notTrained);
  failIf(share < 0.5, wrong.low(accuracy));
  failIf(share < GOOD, wrong.notYet(accuracy));
  const parameters = layersWithWeights(model)
    .filter(layer => /Conv/.test(layer.getClassName()))
    .reduce((sum, layer) => sum + layer.countParams(), 0);
  const test = percent(await testAccuracy(model), 1);
  return reward(accuracy, test, grouped(model.countParams()), grouped(parameters));
});

/** Parses a model with a convolution, from pictures with or without a channel axis to ten numbers. */
function parseConvolution(answer: unknown, wrong: (typeof en)['wrong']): tf.LayersModel {
  const model = parseModel(answer);
  const [input, output] = shapesOf(model);
  const kinds = layersWithWeights(model).map(layer => layer.getClassName());
  failIf(!kinds.some(kind => /Conv2D/.test(kind)), wrong.noConvolution(kinds));
  failIf(!['28,28,1', '28,28'].includes(input), wrong.input(input));
  failIf(!/^\d+$/.test(output), wrong.flat(output));
  failIf(output !== '10', wrong.outputs(Number(output)));
  return model;
}
