/**
 * TensorFlow with CUDA, the real one, on a driver that is a stub: what the kernel would meet on a
 * machine with a GPU and no CUDA libraries. It downloads 620 MB, once, and checks them by the lock file.
 */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { addonPath } from '../../../lib/digits/device/plan';
import { itemAt } from '../../../lib/digits/item-at';
import { findCompiler } from '../../../lib/tfjs-graph/addon/compiler';
import { causeOf } from '../../../lib/tools/project/failure.mjs';
import { projectRoot, pythonEnvironment } from '../../../lib/tools/project/paths';
import { onlyFor } from '../../../lib/tools/setup/packages/environment-yml';
import { fetchLibraries } from '../../../lib/tools/setup/steps/tensorflow';
import { survive } from '../../survive';
import { loadingFirst, runProgram } from './support';

const run = promisify(execFile);
const { spec } = onlyFor('engine');
const folder = join(projectRoot, 'build', spec.replace('==', '-cuda-'));

async function fetchOnce(): Promise<void> {
  if (existsSync(folder)) return;
  await fetchLibraries(pythonEnvironment(), [spec], folder, () => {});
}

describe('TensorFlow with CUDA, on a driver that is a stub', function () {
  this.timeout(600_000);

  before(async function () {
    const compiler = await findCompiler();
    if (!existsSync(addonPath()) || !compiler) {
      console.log('  no native engine, or no compiler for the stub, so skipped:');
      return this.skip();
    }
    try {
      await fetchOnce();
    } catch (error) {
      if (causeOf(String(error)) !== causeOf('ENOTFOUND')) throw error;
      console.log('  no network for TensorFlow with CUDA, so skipped:');
      return this.skip();
    }
    const library = ['-shared', '-fPIC', '-w', '-Wl,-soname,libcuda.so.1', '-x', 'c'];
    const source = join(__dirname, 'stub-cuda.c');
    await run(compiler, [...library, source, '-o', join(folder, 'libcuda.so.1')]);
  });

  const FAULTS = [
    {
      fault: '',
      en: /the CUDA libraries are missing; `npm run setup` installs them/,
      zh: /缺少 CUDA 库；运行 npm run setup 即可安装/,
    },
    {
      fault: 'full',
      en: /the GPU's memory is already in use, .*`nvidia-smi` lists who is using it/,
      zh: /GPU 的显存已被占用，.*nvidia-smi 会列出占用者/,
    },
    {
      fault: '803',
      en: /found no usable GPU \(CUDA_ERROR_SYSTEM_DRIVER_MISMATCH\).*check the driver with `nvidia-smi`/,
      zh: /没有找到可用的 GPU（CUDA_ERROR_SYSTEM_DRIVER_MISMATCH）.*用 nvidia-smi 检查/,
    },
    {
      fault: '100',
      en: /found no usable GPU \(CUDA_ERROR_NO_DEVICE\)/,
      zh: /没有找到可用的 GPU（CUDA_ERROR_NO_DEVICE）/,
    },
  ] as const;

  it('never ends the notebook', () =>
    survive(
      'gpu',
      'TensorFlow with CUDA on a driver without libraries, memory or device',
      FAULTS.length,
      async index => {
        const { fault, ...why } = itemAt(FAULTS, index);
        for (const language of ['en', 'zh'] as const) {
          const env = {
            ...loadingFirst('surroundings.cjs'),
            LD_LIBRARY_PATH: `${join(folder, 'tensorflow')}:${folder}`,
            STUB_CUDA: fault,
          };
          const { stdout, stderr } = await runProgram('report', env, language);
          assert.match(stdout, language === 'en' ? /^Device: CPU, / : /^设备：CPU，/);
          assert.match(stdout, why[language]);
          assert.match(stdout, /\ntensorflow 25$/);
          assert.equal(stderr, '');
        }
      },
    ));
});
