/** A GPU that cannot be used, or a simulation: the lesson continues on the CPU, and gives the reason. */
import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs';
import { addonPath } from '../../../lib/digits/device/plan';
import { tryGpu } from '../../../lib/digits/device/try-gpu';
import { useDevice } from '../../../lib/digits/device/use';
import { itemAt } from '../../../lib/digits/item-at';
import { tables } from '../../../lib/digits/language';
import '../../../lib/digits/training/methods';
import type { NativeBackend } from '../../../lib/tfjs-graph/backend';
import { compiledModel, digitsOf } from '../../support';
import { survive } from '../../survive';
import { readData } from '../../texts';
import { besideGpu, runProgram } from './support';

/** The lesson's second stage with a driver and a simulated GPU. */
async function besideDriver(gpu: string, env: NodeJS.ProcessEnv = {}): Promise<string> {
  const { stdout, stderr } = await runProgram('report', { ...besideGpu(gpu), ...env });
  assert.match(stdout, /^Device: CPU, /, 'falls back');
  assert.match(stdout, /\ntensorflow 25$/, 'computes');
  assert.equal(stderr, '');
  return stdout;
}

/** The reason that the trial of a simulated GPU reports. */
async function reasonOf(gpu: string, patience?: number): Promise<string> {
  const envBefore = process.env;
  const { CUDA_VISIBLE_DEVICES: _, ...variables } = envBefore;
  process.env = { ...variables, ...besideGpu(gpu) };
  try {
    return (await tryGpu(addonPath(), patience)) ?? assert.fail('the GPU computes');
  } finally {
    process.env = envBefore;
  }
}

const fails = () => {
  throw new Error('failed to create cublas handle: CUBLAS_STATUS_NOT_INITIALIZED');
};

const { taken: TAKEN, broken: BROKEN } = readData<{
  readonly taken: readonly string[];
  readonly broken: readonly [gpu: string, why: 'broken' | 'notFound', reason: string][];
}>('digits/device/gpu-faults.yml');

const { why } = tables.en.device;

describe('a GPU that cannot be used', () => {
  it('is explained where its libraries are missing', () =>
    survive('gpu', 'driver present, CUDA libraries missing or not found', 2, async index => {
      // A wheel without CUDA, such as on a machine that had no GPU at first; then TensorFlow's messages.
      const gpu = itemAt(['', 'none:: W0000 Cannot dlopen some GPU libraries.'], index);
      const expected = gpu ? why.librariesMissing : why.notFound();
      assert.ok((await besideDriver(gpu)).includes(expected));
      assert.deepEqual(await reasonOf(gpu), expected);
    }));

  it('is hidden by CUDA_VISIBLE_DEVICES', () => {
    const values = ['', ' ', '-1', '7'];
    return survive(
      'gpu',
      'CUDA_VISIBLE_DEVICES empty, or naming no GPU',
      values.length,
      async index => {
        const value = itemAt(values, index);
        const does = value === '7' ? 'names no usable GPU' : 'hides the GPU';
        const output = await besideDriver('', { CUDA_VISIBLE_DEVICES: value });
        assert.ok(
          output.includes(`Why: CUDA_VISIBLE_DEVICES='${value}' ${does}; unset it`),
          output,
        );
      },
    );
  });

  it('is left to whom its memory belongs', () =>
    survive('gpu', 'all of its memory in use when the lesson starts', TAKEN.length, async index => {
      const gpu = itemAt(TAKEN, index);
      if (index === 0) assert.ok((await besideDriver(gpu)).includes(why.memoryTaken));
      assert.equal(await reasonOf(gpu), why.memoryTaken);
    }));

  it('does not end the lesson with it where it fails', () =>
    survive('gpu', 'its driver failing, or never answering', BROKEN.length, async index => {
      const [gpu, kind, reason] = itemAt(BROKEN, index);
      const expected = why[kind](reason);
      assert.deepEqual(await reasonOf(gpu, gpu === 'hangs' ? 2000 : undefined), expected);
    }));

  it('loses nothing where its memory is taken in the middle of the lesson', async () => {
    await useDevice('cpu');
    const backend = tf.backend() as NativeBackend;
    const { binding } = backend;
    const failing = Object.create(binding, { executeOp: { value: fails } });
    const model = compiledModel();
    const [x, y] = digitsOf(64);
    const stages: (() => Promise<unknown>)[] = [
      () => model.fit(x, y, { verbose: 0 }),
      async () => model.evaluate(x, y, { verbose: 0 }),
      async () => model.predict(x).dispose(),
    ];
    try {
      await survive(
        'gpu',
        'its memory in use before the first product of fit, evaluate or predict',
        stages.length,
        async index => {
          const stage = itemAt(stages, index);
          backend.binding = failing;
          await assert.rejects(stage, /CUBLAS_STATUS_NOT_INITIALIZED/);
          backend.binding = binding;
          await stage();
        },
      );
    } finally {
      backend.binding = binding;
      tf.dispose([x, y]);
      model.dispose();
    }
  });
});
