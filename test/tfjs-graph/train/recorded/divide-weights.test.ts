import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs';
import { useDevice } from '../../../../lib/digits/device/use';
import { type NativeBackend, nativeBackend } from '../../../../lib/tfjs-graph/graph/backend';
import { OptimizerState } from '../../../../lib/tfjs-graph/train/optimizer-state';
import { divideWeights } from '../../../../lib/tfjs-graph/train/recorded/divide-weights';
import {
  type RecordedStep,
  recordStep,
} from '../../../../lib/tfjs-graph/train/recorded/record-step';
import { innerModel } from '../../../../lib/tfjs-graph/train/train';
import { compiledModel, digitsOf } from '../../../support';

describe("the matrices of the lesson's model", () => {
  let backend: NativeBackend;
  let step: RecordedStep;
  const model = compiledModel();
  before(async () => {
    await useDevice('cpu');
    backend = nativeBackend() as NativeBackend;
    const inner = innerModel(model);
    const optimizer = new OptimizerState(inner.optimizer);
    await optimizer.prepare(inner.collectedTrainableWeights.map(weight => weight.read()));
    const [x, y] = digitsOf(64);
    const part = { columns: [x, tf.tidy(() => y.toFloat())], start: 0, count: 64 };
    step = recordStep(backend, inner, part, 32, optimizer);
    tf.dispose(part.columns);
  });
  after(() => model.dispose());

  /** How many parts each matrix of weights has that is divided, by its shape. */
  const partsOf = (divided: readonly RecordedStep[]) =>
    divided.flatMap(({ variables, parts }) =>
      [...variables].flatMap(([{ shape }, id]) => {
        const count = parts.get(id)?.length;
        return count ? [[...shape, count]] : [];
      }),
    );
  const divided = (parts?: number) => partsOf(divideWeights(backend, [step], parts));

  it('are divided evenly, into 32 columns or more; the small one is left whole', () => {
    assert.deepEqual(divided(1), []);
    assert.deepEqual(divided(2), [[784, 128, 2]]);
    assert.deepEqual(divided(3), [[784, 128, 2]]);
    for (const many of [4, 5, 16, 96]) assert.deepEqual(divided(many), [[784, 128, 4]]);
  });

  it('have a product a part', () => {
    const products = (parts: number) =>
      divideWeights(backend, [step], parts)[0]?.tape.ops.filter(({ op }) => op === 'MatMul').length;
    assert.equal(products(4), Number(products(1)) + 2 * 3); // the product, and the gradient
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
        assert.deepEqual(divided(), expected, `${threads}, ${operation}`);
      }
    } finally {
      for (const [name, value] of Object.entries({ DIGITS_THREADS, TF_NUM_INTRAOP_THREADS })) {
        if (value === undefined) delete process.env[name];
        else process.env[name] = value;
      }
    }
  });

  it('are left whole on a GPU', () => {
    const gpu = Object.create(backend, { isUsingGpuDevice: { value: true } });
    assert.deepEqual(partsOf(divideWeights(gpu, [step], 4)), []);
  });
});
