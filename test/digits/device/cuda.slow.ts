/**
 * TensorFlow with CUDA, the real one, on a driver that is a stub: what the kernel would meet on a
 * machine with a GPU and no CUDA libraries. It downloads 620 MB, once, and checks them by the lock file.
 */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { addonPath } from '../../../lib/digits/device/plan';
import { itemAt } from '../../../lib/digits/item-at';
import { causeOf } from '../../../lib/tools/project/failure.mjs';
import { projectRoot, pythonEnvironment } from '../../../lib/tools/project/paths';
import { readEnvironment } from '../../../lib/tools/setup/packages/environment-yml';
import { lockedRequirement } from '../../../lib/tools/setup/packages/pip';
import { findCompiler } from '../../../lib/tools/setup/steps/cpp-compiler';
import { survive } from '../../survive';
import { loadingFirst, runProgram } from './support';

const run = promisify(execFile);
const pinned = readEnvironment().pip.find(line => line.startsWith('tensorflow-cpu=='));
/** The same version with CUDA, without the marker that says where to install it. */
const spec = (pinned ?? assert.fail('no TensorFlow in environment.yml'))
  .replace(/;.*/, '')
  .replace('-cpu', '')
  .trim();
/** Milliseconds for the download: less than the test has. */
const PATIENCE = 480_000;
const folder = join(projectRoot, 'build', spec.replace('==', '-cuda-'));

async function fetchLibraries(): Promise<void> {
  if (existsSync(folder)) return;
  const python = pythonEnvironment().program('python');
  const partial = `${folder}.partial`;
  rmSync(partial, { recursive: true, force: true });
  mkdirSync(partial, { recursive: true });
  const wheels = join(partial, 'wheels');
  const list = join(partial, 'requirements.txt');
  writeFileSync(list, lockedRequirement(spec));
  const checked = ['--no-deps', '--require-hashes', '--requirement', list];
  const download = ['-m', 'pip', 'download', ...checked, '--dest', wheels];
  await run(python, download, { timeout: PATIENCE });
  const [wheel = ''] = readdirSync(wheels);
  await run(python, [join(__dirname, 'unpack_libraries.py'), join(wheels, wheel), partial]);
  rmSync(wheels, { recursive: true });
  renameSync(partial, folder);
}

/** Why the download came to nothing where that is the network's fault. */
function networkTrouble(error: unknown): string | undefined {
  const { killed, stderr = '' } = error as { killed?: boolean; stderr?: string };
  if (killed) return `no 620 MB within ${PATIENCE / 60_000} minutes`;
  return causeOf(stderr) === causeOf('ENOTFOUND') ? 'no network' : undefined;
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
      await fetchLibraries();
    } catch (error) {
      const trouble = networkTrouble(error);
      if (!trouble) throw error;
      console.log(`  ${trouble} for TensorFlow with CUDA, so skipped:`);
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
      en: /the GPU's memory is taken, .*`nvidia-smi` lists who holds it/,
      zh: /GPU 的显存已被占用，.*nvidia-smi 会列出占用者/,
    },
    {
      fault: '803',
      en: /found no GPU that it can use \(CUDA_ERROR_SYSTEM_DRIVER_MISMATCH\).*`nvidia-smi` checks/,
      zh: /没有找到可用的 GPU（CUDA_ERROR_SYSTEM_DRIVER_MISMATCH）.*用 nvidia-smi 检查/,
    },
    {
      fault: '100',
      en: /found no GPU that it can use \(CUDA_ERROR_NO_DEVICE\)/,
      zh: /没有找到可用的 GPU（CUDA_ERROR_NO_DEVICE）/,
    },
  ] as const;

  it('never ends the notebook', () =>
    survive(
      'gpu',
      {
        en: 'TensorFlow with CUDA on a driver without libraries, memory or device',
        zh: '带 CUDA 的 TensorFlow 遇到缺库、缺显存或缺设备的驱动',
      },
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
