import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { projectRoot } from '../../lib/setup/paths';
import { report, runScript } from './run';

/** What a script printed. */
const run = async (...script: Parameters<typeof runScript>): Promise<string> =>
  (await runScript(...script)).stdout;

describe('useDevice', () => {
  it('computes on the native engine and says so', async () => {
    const shown = await run(report);
    assert.match(
      shown,
      /^Device: (GPU|CPU), \S.*\nEngine: TensorFlow 2\.\d+\.\d+, 1 thread an operation \(TF_NUM_INTRAOP_THREADS\)\nWhy: \S/,
    );
    assert.match(shown, /\nGPU memory growth: on/);
    assert.match(shown, /\ntensorflow 25$/);
  });

  it('sets memory growth before the engine starts', async () => {
    const script = 'await digits.useDevice(); console.log(process.env.TF_FORCE_GPU_ALLOW_GROWTH)';
    assert.equal(await run(script), 'true');
  });

  it('leaves the number of threads to who sets it', async () => {
    const shown = await run(report, { TF_NUM_INTRAOP_THREADS: '2' });
    assert.match(shown, /2 threads an operation/);
  });

  it('computes on WebAssembly where DIGITS_DEVICE asks for it', async () => {
    const shown = await run(report, { DIGITS_DEVICE: 'wasm' });
    assert.match(
      shown,
      /\nEngine: TensorFlow\.js 4\.\d+\.\d+, WebAssembly\nWhy: it was asked for\n/,
    );
    assert.match(shown, /\nwasm 25$/);
  });

  it('hides the GPU where the CPU is asked for', async () => {
    const script = `
      const { kind } = await digits.useDevice();
      console.log(kind, process.env.CUDA_VISIBLE_DEVICES);`;
    assert.equal(await run(script, { DIGITS_DEVICE: 'cpu' }), 'cpu -1');
  });

  it('keeps the engine that runs, and says so where another is asked for', async () => {
    const script = `
      console.log((await digits.useDevice('wasm')).kind, (await digits.useDevice()).why.en);
      console.log((await digits.useDevice('gpu')).why.en, (await digits.useDevice()).why.en);
      console.log((await digits.useDevice('wasm')).kind, (await digits.useDevice()).kind, tf.getBackend());`;
    const [first, second, third] = (await run(script)).split('\n');
    assert.equal(first, 'wasm no NVIDIA driver was found');
    assert.equal(
      second,
      'it runs already, and does until the kernel ends; restart the kernel to use another no NVIDIA driver was found',
    );
    assert.equal(third, 'wasm cpu tensorflow');
  });

  it('falls back to WebAssembly where the addon cannot be loaded, and says why', async () => {
    const broken = `
      const { Module } = require('node:module');
      Module._extensions['.node'] = () => { throw new Error('libtensorflow_cc.so.2: cannot open') };
      digits.setLanguage('zh');`;
    const shown = await run(broken + report);
    assert.match(
      shown,
      /原因：原生引擎无法加载（.*libtensorflow_cc\.so\.2: cannot open.*npm run doctor/,
    );
    assert.match(shown, /\nwasm 25$/);
  });

  it('refuses a device that does not exist', async () => {
    assert.match(await run(report, { DIGITS_DEVICE: 'tpu' }), /RangeError: .*received 'tpu'/);
  });

  it('restores the functions of node:util that the native backend calls', async () => {
    const script = `
      const util = require('node:util');
      delete util.isNullOrUndefined; delete util.isArray;`;
    const { stdout } = await promisify(execFile)(
      process.execPath,
      [
        '-e',
        `${script} require('digits'); console.log(util.isNullOrUndefined(null), util.isArray([]))`,
      ],
      { cwd: projectRoot },
    );
    assert.equal(stdout.trim(), 'true true');
  });
});
