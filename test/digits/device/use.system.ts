import assert from 'node:assert/strict';
import { availableParallelism } from 'node:os';
import { besideGpu, loadingFirst, runProgram } from './support';

/** Runs a program, and returns the output. */
const run = async (...program: Parameters<typeof runProgram>): Promise<string> =>
  (await runProgram(...program)).stdout;

describe('useDevice', () => {
  it('computes on the native engine, shares out all cores, and says so', async () => {
    const output = await run('report');
    assert.match(
      output,
      /^Device: (GPU|CPU), \S.*\nEngine: TensorFlow 2\.\d+\.\d+(, .*)?\nWhy: \S/,
    );
    assert.match(output, /\nGPU memory growth: on/);
    assert.match(output, /\ntensorflow 25$/);
    const all = availableParallelism();
    const threads = `, ${all} thread${all > 1 ? 's' : ''} (DIGITS_THREADS)\n`;
    if (output.startsWith('Device: CPU')) assert.ok(output.includes(threads), output);
  });

  it('trains with a single thread, and with as many as may be', async () => {
    assert.equal(await run('trainWide', { DIGITS_THREADS: '1' }), '1 true\n2');
    assert.equal(await run('trainWide', { DIGITS_THREADS: '1024' }), '1024 true\n2');
  });

  it('computes on WebAssembly if DIGITS_DEVICE asks for it', async () => {
    const output = await run('report', { DIGITS_DEVICE: 'wasm' });
    assert.match(output, /\nEngine: TensorFlow\.js 4\.\d+\.\d+, WebAssembly\nWhy: you asked/);
    assert.match(output, /\nwasm 25$/);
  });

  it('takes the GPU if the addon has one, and trains on it as on the processor', async () => {
    const output = await run('trainRepeatably', besideGpu('works'));
    assert.match(output, /^Device: GPU, NVIDIA GPU\nEngine: TensorFlow \d\S*\nWhy: .*driver.*\n/);
    assert.match(output, /\nGPU memory growth: on\n\d/);
    const cpu = await run('trainRepeatably', { DIGITS_DEVICE: 'cpu' });
    assert.equal(output.split('\n').at(-1), cpu.split('\n').at(-1));
  });

  it('keeps the engine that runs, and says so if another is asked for', async () => {
    // A driver, but no GPU: the same on every machine.
    const output = await run('changeEngine', besideGpu('none'));
    const [first = '', second = '', third] = output.split('\n');
    assert.match(first, /^wasm an NVIDIA driver is present, but TensorFlow found no usable GPU/);
    assert.match(
      second,
      /^it is already running and cannot be changed until the kernel ends; restart the kernel to use another an NVIDIA driver is present/,
    );
    assert.equal(third, 'wasm cpu tensorflow');
  });

  it('falls back to WebAssembly if the addon cannot be loaded, and says why', async () => {
    const output = await run('report', loadingFirst('broken-addon.cjs'), 'zh');
    assert.match(
      output,
      /原因：原生引擎无法加载（.*libtensorflow_cc\.so\.2: cannot open.*npm run doctor/,
    );
    assert.match(output, /\nwasm 25$/);
  });
});
