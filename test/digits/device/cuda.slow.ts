/**
 * TensorFlow with CUDA, the real library, on a stub of the driver: the conditions on a
 * machine with a GPU and no CUDA libraries. The first run downloads 620 MB, and verifies the checksums of the lock
 * file.
 */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { existsSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { projectRoot, pythonEnvironment } from '../../../lib/command/machine/paths';
import { diagnose } from '../../../lib/command/output/failure.mjs';
import { addonPath } from '../../../lib/digits/device/plan';
import { itemAt } from '../../../lib/digits/item-at';
import { tables } from '../../../lib/digits/language';
import { findCompiler } from '../../../lib/lab/addon/compile';
import { packageOf } from '../../../lib/lab/setup/packages/requirements';
import { installLocked } from '../../../lib/lab/setup/packages/uv';
import { survive } from '../../survive';
import { loadingFirst, runProgram } from './support';

const run = promisify(execFile);
const { spec } = packageOf('engine');
const folder = join(projectRoot, 'build', spec.replace('==', '-cuda-'));

async function fetchOnce(): Promise<void> {
  if (existsSync(folder)) return;
  const options = { title: spec, log: 'tensorflow' };
  await installLocked([spec], `${folder}.half`, pythonEnvironment(), options, () => {});
  renameSync(`${folder}.half`, folder);
}

describe('TensorFlow with CUDA, on a driver that is a stub', () => {
  before(async function () {
    const compiler = await findCompiler();
    if (!existsSync(addonPath()) || !compiler) {
      console.log('  no native engine, or no compiler for the stub, so skipped:');
      return this.skip();
    }
    try {
      await fetchOnce();
    } catch (error) {
      if (diagnose(String(error))?.name !== 'network') throw error;
      console.log('  no network for TensorFlow with CUDA, so skipped:');
      return this.skip();
    }
    const library = ['-shared', '-fPIC', '-w', '-Wl,-soname,libcuda.so.1', '-x', 'c'];
    const source = join(__dirname, 'stub-cuda.c');
    await run(compiler, [...library, source, '-o', join(folder, 'libcuda.so.1')]);
  });

  const FAULTS = [
    ['', tables.en.device.why.librariesMissing],
    ['full', tables.en.device.why.memoryTaken],
    ['803', tables.en.device.why.notFound('CUDA_ERROR_SYSTEM_DRIVER_MISMATCH')],
    ['100', tables.en.device.why.notFound('CUDA_ERROR_NO_DEVICE')],
  ] as const;

  it('never ends the notebook', () =>
    survive(
      'gpu',
      'TensorFlow with CUDA on a driver without libraries, memory or device',
      FAULTS.length,
      async index => {
        const [fault, why] = itemAt(FAULTS, index);
        const env = {
          ...loadingFirst('surroundings.cjs'),
          LD_LIBRARY_PATH: `${join(folder, 'tensorflow')}:${folder}`,
          STUB_CUDA: fault,
        };
        const { stdout, stderr } = await runProgram('report', env);
        assert.match(stdout, /^Device: CPU, /);
        assert.ok(stdout.includes(why), stdout);
        assert.match(stdout, /\ntensorflow 25$/);
        assert.equal(stderr, '');
      },
    ));
});
