import type * as tf from '@tensorflow/tfjs';
import { grouped, percent } from '../../format';
import { failIf, type Task } from '../judging/exercise';
import { layersWithWeights, parseModel } from '../judging/models';
import { fullValidationAccuracy, testAccuracy } from '../judging/sets';
import { en } from './text.en';
import { zh } from './text.zh';

/** What the network of the lesson does not reach. */
const GOOD = 0.975;

export const convolution: Task<typeof en> = {
  texts: { en, zh },
  async verify(answer, { wrong, reward }) {
    const model = parseConvolution(answer, wrong);
    const share = await fullValidationAccuracy(model);
    const accuracy = percent(share, 1);
    failIf(share < GOOD && !model.optimizer?.iterations, wrong.notTrained);
    failIf(share < 0.5, wrong.low(accuracy));
    failIf(share < GOOD, wrong.notYet(accuracy));
    const own = layersWithWeights(model).filter(layer => /Conv/.test(layer.getClassName()));
    const convolutions = own.reduce((sum, layer) => sum + layer.countParams(), 0);
    const test = percent(await testAccuracy(model), 1);
    return reward(accuracy, test, grouped(model.countParams()), grouped(convolutions));
  },
};

/** Takes a model with a convolution: pictures of 28 × 28 in, with or without a channel, ten numbers out. */
function parseConvolution(answer: unknown, wrong: (typeof en)['wrong']): tf.LayersModel {
  const model = parseModel(answer);
  const [input, output] = [model.inputs, model.outputs].map(([tensor]) => tensor?.shape.slice(1));
  const kinds = layersWithWeights(model).map(layer => layer.getClassName());
  failIf(!kinds.some(kind => /Conv2D/.test(kind)), wrong.noConvolution(kinds));
  failIf(!['28,28,1', '28,28'].includes(String(input)), wrong.input(String(input)));
  failIf(output?.length !== 1, wrong.flat(String(output)));
  failIf(output?.[0] !== 10, wrong.outputs(Number(output?.[0])));
  return model;
}
