/**
 * TensorFlow with CUDA, the real one, on a driver that is a stub: what the kernel would meet on a
 * machine with a GPU and no CUDA libraries. It downloads 620 MB, once.
 */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { addonPath } from '../../lib/device/plan';
import { findCompiler } from '../../lib/setup/compiler';
import { readEnvironment } from '../../lib/setup/environment';
import { projectRoot, pythonEnvironment } from '../../lib/setup/paths';
import { survive } from '../survive';
import { report, runScript } from './run';

const run = promisify(execFile);
const spec = readEnvironment()
  .pip.find(line => line.startsWith('tensorflow-cpu=='))
  ?.split(';')[0]
  ?.replace('-cpu', '')
  .trim() as string;
const folder = join(projectRoot, 'build', spec.replace('==', '-cuda-'));

/** Takes TensorFlow's two libraries out of the wheel. */
const UNPACK = `
import sys, zipfile
with zipfile.ZipFile(sys.argv[1]) as wheel:
    for name in wheel.namelist():
        if name.startswith("tensorflow/libtensorflow_"):
            wheel.extract(name, sys.argv[2])
`;

async function fetchLibraries(): Promise<void> {
  if (existsSync(folder)) return;
  const python = pythonEnvironment().program('python');
  const partial = `${folder}.partial`;
  rmSync(partial, { recursive: true, force: true });
  mkdirSync(partial, { recursive: true });
  await run(python, ['-m', 'pip', 'download', '--no-deps', '--dest', partial, spec]);
  const [wheel = ''] = readdirSync(partial);
  await run(python, ['-c', UNPACK, join(partial, wheel), partial]);
  rmSync(join(partial, wheel));
  renameSync(partial, folder);
}

describe('TensorFlow with CUDA, on a driver that is a stub', function () {
  this.timeout(600_000);

  before(async function () {
    const compiler = await findCompiler();
    if (!existsSync(addonPath()) || !compiler) return this.skip(); // no native engine here
    try {
      await fetchLibraries();
    } catch {
      return this.skip(); // no network
    }
    const library = ['-shared', '-fPIC', '-w', '-Wl,-soname,libcuda.so.1', '-x', 'c'];
    const source = join(__dirname, 'stub-cuda.c');
    await run(compiler, [...library, source, '-o', join(folder, 'libcuda.so.1')]);
  });

  const FAULTS = [
    ['', /the CUDA libraries are missing; `npm run setup` installs them/],
    ['full', /the GPU's memory is taken, .*`nvidia-smi` lists who holds it/],
    [
      '803',
      /found no GPU that it can use \(CUDA_ERROR_SYSTEM_DRIVER_MISMATCH\).*`nvidia-smi` checks/,
    ],
    ['100', /found no GPU that it can use \(CUDA_ERROR_NO_DEVICE\)/],
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
        const [fault, why] = FAULTS[index] as (typeof FAULTS)[number];
        const { stdout, stderr } = await runScript(report, {
          NODE_OPTIONS: `--require ${JSON.stringify(join(__dirname, 'surroundings.cjs'))}`,
          LD_LIBRARY_PATH: `${join(folder, 'tensorflow')}:${folder}`,
          STUB_CUDA: fault,
        });
        assert.match(stdout, /^Device: CPU, /);
        assert.match(stdout, why);
        assert.match(stdout, /\ntensorflow 25$/);
        assert.equal(stderr, '');
      },
    ));
});
