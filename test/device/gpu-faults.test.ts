/** A GPU that cannot be used, simulated where there is none: the lesson goes on, and says why. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs';
import { GpuMemoryError } from '../../lib/device/gpu-memory';
import { addonPath } from '../../lib/device/plan';
import { tryGpu } from '../../lib/device/try-gpu';
import { useDevice } from '../../lib/device/use';
import { evaluate } from '../../lib/evaluate';
import { fit } from '../../lib/fit';
import { predict } from '../../lib/predict';
import type { NativeBackend } from '../../lib/training/graph/native';
import { compiledModel, digitsOf } from '../support';
import { survive } from '../survive';
import { report, runScript } from './run';

const surroundings = `--require ${JSON.stringify(join(__dirname, 'surroundings.cjs'))}`;

/** The lesson's second stage beside a driver, with a GPU that does as told. */
async function besideDriver(gpu: string, env: NodeJS.ProcessEnv = {}): Promise<string> {
  const { stdout, stderr } = await runScript(report, {
    NODE_OPTIONS: surroundings,
    DIGITS_TEST_GPU: gpu,
    ...env,
  });
  assert.match(stdout, /^Device: CPU, /, 'falls back');
  assert.match(stdout, /\ntensorflow 25$/, 'computes');
  assert.equal(stderr, '');
  return stdout;
}

/** The reason that the trial gives, of a GPU that does as told. */
async function reasonOf(gpu: string, patience?: number): Promise<string> {
  const { NODE_OPTIONS } = process.env;
  Object.assign(process.env, { NODE_OPTIONS: surroundings, DIGITS_TEST_GPU: gpu });
  try {
    return (await tryGpu(addonPath(), patience))?.en ?? '';
  } finally {
    delete process.env.DIGITS_TEST_GPU;
    if (NODE_OPTIONS === undefined) delete process.env.NODE_OPTIONS;
    else process.env.NODE_OPTIONS = NODE_OPTIONS;
  }
}

const fails = () => {
  throw new Error('failed to create cublas handle: CUBLAS_STATUS_NOT_INITIALIZED');
};

/** The first as the whole stage meets it, the others by the trial alone, which is quicker. */
const TAKEN = [
  "aborts:: terminate called after throwing an instance of 'absl::lts_20250127::BadStatusOrAccess'\n  what():  Bad StatusOr access: RESOURCE_EXHAUSTED: : CUDA_ERROR_OUT_OF_MEMORY: out of memory",
  'aborts:: failed to create cublas handle: CUBLAS_STATUS_NOT_INITIALIZED',
  'throws:: Attempting to perform BLAS operation using StreamExecutor without BLAS support',
  'throws:: Blas xGEMM launch failed : a.shape=[1,64,784], b.shape=[1,784,128], m=64, n=128, k=784',
  'throws:: failed to create cublas handle: CUBLAS_STATUS_ALLOC_FAILED',
  'throws:: OOM when allocating tensor with shape[784,128] and type float on /job:localhost/replica:0/task:0/device:GPU:0 by allocator GPU_0_bfc',
];

const BROKEN: readonly (readonly [string, RegExp])[] = [
  [
    'aborts:: Bad StatusOr access: INTERNAL: CUDA error: : CUDA_ERROR_ECC_UNCORRECTABLE: uncorrectable ECC error',
    /\(CUDA_ERROR_ECC_UNCORRECTABLE\)/,
  ],
  ['throws:: no kernel image is available', /\(no kernel image is available\)/],
  [
    'none:: failed call to cuInit: INTERNAL: CUDA error: Failed call to cuInit: CUDA_ERROR_SYSTEM_DRIVER_MISMATCH: system has unsupported display driver / cuda driver combination',
    /CUDA_ERROR_SYSTEM_DRIVER_MISMATCH/,
  ],
];

describe('a GPU that cannot be used', function () {
  this.timeout(120_000);

  it('is explained where its libraries are missing', () =>
    survive(
      'gpu',
      {
        en: 'driver present, CUDA libraries missing or not found',
        zh: '有驱动，CUDA 库缺失或找不到',
      },
      2,
      async index => {
        // Without CUDA in it, as the wheel of a machine that had no GPU yet; then TensorFlow's words.
        const gpu = ['', 'none:: W0000 Cannot dlopen some GPU libraries.'][index] ?? '';
        const shown = await besideDriver(gpu);
        assert.match(shown, /\nWhy: an NVIDIA driver is present, but .*`npm run setup` installs/);
        if (gpu) assert.match(shown, /but the CUDA libraries are missing;/);
      },
    ));

  it('is hidden by CUDA_VISIBLE_DEVICES', () => {
    const values = ['', ' ', '-1', '7'];
    return survive(
      'gpu',
      {
        en: 'CUDA_VISIBLE_DEVICES empty, or naming no GPU',
        zh: 'CUDA_VISIBLE_DEVICES 为空，或没有指明 GPU',
      },
      values.length,
      async index => {
        const value = values[index] ?? '';
        const shown = await besideDriver('', { CUDA_VISIBLE_DEVICES: value });
        const why = value === '7' ? 'names no GPU that can be used' : 'hides the GPU';
        assert.ok(shown.includes(`Why: CUDA_VISIBLE_DEVICES='${value}' ${why}; unset it`), shown);
      },
    );
  });

  it('is left to whom its memory belongs', () =>
    survive(
      'gpu',
      {
        en: 'all of its memory taken when the lesson starts',
        zh: '课程开始时显存已被占满',
      },
      TAKEN.length,
      async index => {
        const gpu = TAKEN[index] ?? '';
        assert.match(
          index ? await reasonOf(gpu) : await besideDriver(gpu),
          /the GPU's memory is taken, .*`nvidia-smi` lists who holds it.*restart the kernel/,
        );
      },
    ));

  it('does not end the lesson with it where it fails', () =>
    survive(
      'gpu',
      {
        en: 'its driver failing, or never answering',
        zh: '驱动出错，或没有回应',
      },
      BROKEN.length + 1,
      async index => {
        const [gpu, told] = BROKEN[index] ?? ['hangs', /\(2 s\)/];
        const reason = await reasonOf(gpu, gpu === 'hangs' ? 2000 : undefined);
        assert.match(reason, told);
        assert.match(reason, /`nvidia-smi` checks/);
      },
    ));

  it('tells who may hold its memory where that is taken in the middle of the lesson', async () => {
    await useDevice('cpu');
    const backend = tf.backend() as NativeBackend;
    const { binding } = backend;
    const failing = Object.create(binding, { executeOp: { value: fails } });
    const model = compiledModel();
    const [x, y] = digitsOf(64);
    const stages = [
      () => fit(model, x, y, { verbose: 0 }),
      () => evaluate(model, x, y, { verbose: 0 }),
      async () => predict(model, x).dispose(),
    ];
    try {
      await survive(
        'gpu',
        {
          en: 'its memory taken before the first product of fit, evaluate or predict',
          zh: 'fit、evaluate 或 predict 的第一次乘法之前显存被占满',
        },
        stages.length,
        async index => {
          const stage = stages[index] as () => Promise<unknown>;
          backend.binding = failing;
          await assert.rejects(stage, (error: Error) => {
            assert.ok(error instanceof GpuMemoryError, String(error));
            assert.match(error.message, /nvidia-smi.*restart the kernel.*DIGITS_DEVICE=cpu/s);
            return true;
          });
          backend.binding = binding;
          await stage(); // nothing is lost
        },
      );
    } finally {
      backend.binding = binding;
      tf.dispose([x, y]);
      model.dispose();
    }
  });
});
