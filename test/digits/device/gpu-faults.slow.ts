/** A GPU that cannot be used, simulated where there is none: the lesson goes on, and says why. */
import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs';
import { GpuMemoryError } from '../../../lib/digits/device/gpu-memory';
import { addonPath, inspectMachine, planDevice } from '../../../lib/digits/device/plan';
import { notFound, tryGpu } from '../../../lib/digits/device/try-gpu';
import { useDevice } from '../../../lib/digits/device/use';
import { itemAt } from '../../../lib/digits/item-at';
import type { Language, Text } from '../../../lib/digits/language';
import { predict } from '../../../lib/digits/network/predict';
import { evaluate } from '../../../lib/digits/training/evaluate';
import { fit } from '../../../lib/digits/training/fit';
import type { NativeBackend } from '../../../lib/tfjs-graph/graph/backend';
import { compiledModel, digitsOf } from '../../support';
import { survive } from '../../survive';
import { besideGpu, runProgram } from './support';

type Pattern = Readonly<Record<Language, RegExp>>;

const FALLS_BACK: Pattern = { en: /^Device: CPU, /, zh: /^设备：CPU，/ };

/** The lesson's second stage beside a driver, with a GPU that does as told. */
async function besideDriver(
  gpu: string,
  language: Language = 'en',
  env: NodeJS.ProcessEnv = {},
): Promise<string> {
  const { stdout, stderr } = await runProgram('report', { ...besideGpu(gpu), ...env }, language);
  assert.match(stdout, FALLS_BACK[language], 'falls back');
  assert.match(stdout, /\ntensorflow 25$/, 'computes');
  assert.equal(stderr, '');
  return stdout;
}

/** Runs `work` with variables of the environment set, or, where undefined, without them. */
async function withVariables<T>(set: NodeJS.ProcessEnv, work: () => T | Promise<T>): Promise<T> {
  const names = Object.keys(set);
  const put = (values: NodeJS.ProcessEnv) => {
    for (const name of names) {
      if (values[name] === undefined) delete process.env[name];
      else process.env[name] = values[name];
    }
  };
  const before = { ...process.env };
  put(set);
  try {
    return await work();
  } finally {
    put(before);
  }
}

/** The reason that the trial gives, of a GPU that does as told. */
async function reasonOf(gpu: string, patience?: number): Promise<Text> {
  const given = { ...besideGpu(gpu), CUDA_VISIBLE_DEVICES: undefined };
  const reason = await withVariables(given, () => tryGpu(addonPath(), patience));
  return reason ?? assert.fail('the GPU computes');
}

function assertReason(reason: Text, expected: Pattern): void {
  assert.match(reason.en, expected.en);
  assert.match(reason.zh, expected.zh);
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

const MEMORY_TAKEN: Pattern = {
  en: /the GPU's memory is already in use, .*`nvidia-smi` lists who is using it.*restart the kernel/,
  zh: /GPU 的显存已被占用，.*nvidia-smi 会列出占用者。.*重启内核/,
};

const BROKEN: readonly (readonly [string, RegExp])[] = [
  [
    'aborts:: Bad StatusOr access: INTERNAL: CUDA error: : CUDA_ERROR_ECC_UNCORRECTABLE: uncorrectable ECC error',
    /[(（]CUDA_ERROR_ECC_UNCORRECTABLE[)）]/,
  ],
  ['throws:: no kernel image is available', /[(（]no kernel image is available[)）]/],
  [
    'none:: failed call to cuInit: INTERNAL: CUDA error: Failed call to cuInit: CUDA_ERROR_SYSTEM_DRIVER_MISMATCH: system has unsupported display driver / cuda driver combination',
    /CUDA_ERROR_SYSTEM_DRIVER_MISMATCH/,
  ],
];

describe('a GPU that cannot be used', function () {
  this.timeout(120_000);

  it('is explained where its libraries are missing', () =>
    survive('gpu', 'driver present, CUDA libraries missing or not found', 2, async index => {
      // Without CUDA in it, as the wheel of a machine that had no GPU yet; then TensorFlow's words.
      const gpu = itemAt(['', 'none:: W0000 Cannot dlopen some GPU libraries.'], index);
      const expected: Pattern = gpu
        ? {
            en: /an NVIDIA driver is present, but the CUDA libraries are missing; `npm run setup` installs/,
            zh: /找到了 NVIDIA 驱动，但缺少 CUDA 库；运行 npm run setup 即可安装/,
          }
        : {
            en: /an NVIDIA driver is present, but TensorFlow found no usable GPU.*install the CUDA libraries with `npm run setup`/,
            zh: /找到了 NVIDIA 驱动，但 TensorFlow 没有找到可用的 GPU；运行 npm run setup 安装/,
          };
      const language = gpu ? 'zh' : 'en';
      assert.match(await besideDriver(gpu, language), expected[language]);
      assertReason(await reasonOf(gpu), expected);
    }));

  it('is hidden by CUDA_VISIBLE_DEVICES', () => {
    const values = ['', ' ', '-1', '7'];
    return survive(
      'gpu',
      'CUDA_VISIBLE_DEVICES empty, or naming no GPU',
      values.length,
      async index => {
        const value = itemAt(values, index);
        const variables = { CUDA_VISIBLE_DEVICES: value };
        const { zh, en } =
          value === '7'
            ? {
                zh: ' 没有指明任何可用的 GPU；取消',
                en: ' names no usable GPU; unset it',
              }
            : { zh: ' 把 GPU 隐藏了；取消', en: ' hides the GPU; unset it' };
        const shown = await besideDriver('', 'en', variables);
        assert.ok(shown.includes(`Why: CUDA_VISIBLE_DEVICES='${value}'${en}`), shown);
        const machine = { ...inspectMachine(), addon: true, driver: '1', visible: value };
        const why = await withVariables(variables, () =>
          value === '7' ? notFound() : planDevice(undefined, machine).why,
        );
        assert.ok(why.zh.startsWith(`CUDA_VISIBLE_DEVICES='${value}'${zh}`), why.zh);
      },
    );
  });

  it('is left to whom its memory belongs', () =>
    survive('gpu', 'all of its memory in use when the lesson starts', TAKEN.length, async index => {
      const gpu = itemAt(TAKEN, index);
      if (index === 0) assert.match(await besideDriver(gpu), MEMORY_TAKEN.en);
      assertReason(await reasonOf(gpu), MEMORY_TAKEN);
    }));

  it('does not end the lesson with it where it fails', () =>
    survive('gpu', 'its driver failing, or never answering', BROKEN.length + 1, async index => {
      const [gpu, told] = BROKEN[index] ?? ['hangs', /[(（]2 s[)）]/];
      const reason = await reasonOf(gpu, gpu === 'hangs' ? 2000 : undefined);
      assertReason(reason, { en: told, zh: told });
      assertReason(reason, { en: /with `nvidia-smi`/, zh: /用 nvidia-smi 检查/ });
    }));

  it('tells who may hold its memory where that is taken in the middle of the lesson', async () => {
    await useDevice('cpu');
    const backend = tf.backend() as NativeBackend;
    const { binding } = backend;
    const failing = Object.create(binding, { executeOp: { value: fails } });
    const model = compiledModel();
    const [x, y] = digitsOf(64);
    const stages: (() => Promise<unknown>)[] = [
      () => fit(model, x, y, { verbose: 0 }),
      () => evaluate(model, x, y, { verbose: 0 }),
      async () => predict(model, x).dispose(),
    ];
    try {
      await survive(
        'gpu',
        'its memory in use before the first product of fit, evaluate or predict',
        stages.length,
        async index => {
          const stage = itemAt(stages, index);
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
