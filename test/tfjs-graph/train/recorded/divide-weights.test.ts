import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs';
import { planThreads } from '../../../../lib/digits/device/threads';
import { useDevice } from '../../../../lib/digits/device/use';
import {
  divideWeights,
  planShares,
} from '../../../../lib/tfjs-graph/train/recorded/divide-weights';
import type { RecordedStep } from '../../../../lib/tfjs-graph/train/recorded/record-step';
import type { RewriteContext } from '../../../../lib/tfjs-graph/train/recorded/rewrite';
import { applyRewrites } from '../../../../lib/tfjs-graph/train/recorded/rewrites';
import { describeNative } from '../../../native';
import { compiledModel, digitsOf } from '../../../support';
import { countOf, stepOf } from './support';

describeNative("the matrices of the lesson's model", () => {
  let step: RecordedStep;
  let context: RewriteContext;
  const model = compiledModel();
  before(async () => {
    await useDevice('cpu');
    const [x, y] = digitsOf(64);
    const columns = [x, tf.tidy(() => y.toFloat())];
    ({ step, context } = await stepOf(model, columns));
    tf.dispose(columns);
  });
  after(() => model.dispose());

  /** How many shares each matrix of weights has that is divided, by its shape. */
  const sharesOf = ({ sources }: RecordedStep) =>
    [...sources.values()].flatMap(source => {
      if (!('variable' in source) || source.share.index > 0) return [];
      const { variable, share } = source;
      return share.count > 1 ? [[...variable.shape, share.count]] : [];
    });
  const divide = (most: number) =>
    divideWeights(step, { ...context, shares: planShares([step], most) });
  const divided = (most: number) => sharesOf(divide(most));

  it('are divided evenly, into 32 columns or more; the small one is left whole', () => {
    assert.deepEqual(divided(1), []);
    assert.deepEqual(divided(2), [[784, 128, 2]]);
    assert.deepEqual(divided(3), [[784, 128, 2]]);
    for (const many of [4, 5, 16, 96]) assert.deepEqual(divided(many), [[784, 128, 4]]);
  });

  it('have a product a part', () => {
    const products = (most: number) => countOf(divide(most), 'MatMul');
    assert.equal(products(4), products(1) + 2 * 3); // the product, and the gradient
  });

  it('are divided among as many threads as are set', () => {
    const { DIGITS_THREADS, TF_NUM_INTRAOP_THREADS } = process.env;
    try {
      for (const [threads, operation, expected] of [
        ['1', '1', []],
        ['4', '1', [[784, 128, 4]]],
        ['4', '2', [[784, 128, 2]]],
        ['4', '4', []],
      ] as const) {
        Object.assign(process.env, { DIGITS_THREADS: threads, TF_NUM_INTRAOP_THREADS: operation });
        assert.deepEqual(divided(planThreads().parts), expected, `${threads}, ${operation}`);
      }
    } finally {
      for (const [name, value] of Object.entries({ DIGITS_THREADS, TF_NUM_INTRAOP_THREADS })) {
        if (value === undefined) delete process.env[name];
        else process.env[name] = value;
      }
    }
  });

  it('are left whole on a GPU', () => {
    const backend = Object.create(context.backend, { isUsingGpuDevice: { value: true } });
    const shares = planShares([step], 4);
    assert.equal(applyRewrites(step, { ...context, backend, shares }), step);
    assert.deepEqual(sharesOf(applyRewrites(step, { ...context, shares })), [[784, 128, 4]]);
  });
});
