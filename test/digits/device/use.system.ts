import assert from 'node:assert/strict';
import { availableParallelism } from 'node:os';
import { besideGpu, loadingFirst, runProgram } from './support';

/** What a program printed. */
const run = async (...program: Parameters<typeof runProgram>): Promise<string> =>
  (await runProgram(...program)).stdout;

describe('useDevice', () => {
  it('computes on the native engine and says so', async () => {
    const shown = await run('report');
    assert.match(shown, /^Device: (GPU|CPU), \S.*\nEngine: TensorFlow 2\.\d+\.\d+(, .*)?\nWhy: \S/);
    assert.match(shown, /\nGPU memory growth: on/);
    assert.match(shown, /\ntensorflow 25$/);
  });

  it('sets memory growth before the engine starts', async () => {
    assert.match(await run('printEnvironment'), / true$/);
  });

  /** The line of the engine, on the processor, with these threads asked for. */
  const engine = async (env: NodeJS.ProcessEnv, language?: 'zh') => {
    const shown = await run('report', { DIGITS_DEVICE: 'cpu', ...env }, language);
    return shown.split('\n')[1]?.replace(/\d+\.\d+\.\d+/, '…');
  };

  it('shares out all cores, and says so', async () => {
    const all = availableParallelism();
    const threads = `${all} thread${all > 1 ? 's' : ''} (DIGITS_THREADS)`;
    assert.equal(await engine({}), `Engine: TensorFlow …, ${threads}`);
  });

  it('leaves the number of threads to who sets it', async () => {
    const one = await engine({ DIGITS_THREADS: '1', TF_NUM_INTRAOP_THREADS: '4' });
    assert.equal(one, 'Engine: TensorFlow …, 1 thread (DIGITS_THREADS)');
    const env = { DIGITS_THREADS: '6', TF_NUM_INTRAOP_THREADS: '2' };
    assert.equal(
      await engine(env),
      'Engine: TensorFlow …, 6 threads (DIGITS_THREADS), 2 of them an operation (TF_NUM_INTRAOP_THREADS)',
    );
    assert.equal(
      await engine(env, 'zh'),
      '引擎：TensorFlow …，6 个线程（DIGITS_THREADS），每个运算使用 2 个（TF_NUM_INTRAOP_THREADS）',
    );
  });

  it('trains with a single thread, and with as many as may be', async () => {
    assert.equal(await run('trainWide', { DIGITS_THREADS: '1' }), '1 1 true\n2');
    assert.equal(await run('trainWide', { DIGITS_THREADS: '1024' }), '1024 1024 true\n2');
  });

  it('does not start more threads than a system has, whatever TensorFlow is told', async () => {
    const env = { DIGITS_DEVICE: 'cpu', TF_NUM_INTEROP_THREADS: '1000000000' };
    assert.match(await run('report', env), /\ntensorflow 25$/);
  });

  it('computes on WebAssembly where DIGITS_DEVICE asks for it', async () => {
    const shown = await run('report', { DIGITS_DEVICE: 'wasm' });
    assert.match(
      shown,
      /\nEngine: TensorFlow\.js 4\.\d+\.\d+, WebAssembly\nWhy: you asked for it\n/,
    );
    assert.match(shown, /\nwasm 25$/);
  });

  it('takes the GPU where the addon has one, and trains on it as on the processor', async () => {
    const shown = await run('trainRepeatably', besideGpu('works'));
    assert.match(shown, /^Device: GPU, NVIDIA GPU\nEngine: TensorFlow \d\S*\nWhy: .*driver.*\n/);
    assert.match(shown, /\nGPU memory growth: on\n\d/);
    const cpu = await run('trainRepeatably', { DIGITS_DEVICE: 'cpu' });
    assert.equal(shown.split('\n').at(-1), cpu.split('\n').at(-1));
  });

  it('hides the GPU where the CPU is asked for', async () => {
    assert.match(await run('printEnvironment', { DIGITS_DEVICE: 'cpu' }), /^cpu -1 /);
  });

  it('keeps the engine that runs, and says so where another is asked for', async () => {
    // A driver, but no GPU: the same on every machine.
    const shown = await run('changeEngine', besideGpu('none'));
    const [first = '', second = '', third] = shown.split('\n');
    assert.match(first, /^wasm an NVIDIA driver is present, but TensorFlow found no usable GPU/);
    assert.match(
      second,
      /^it is already running and cannot be changed until the kernel ends; restart the kernel to use another an NVIDIA driver is present/,
    );
    assert.equal(third, 'wasm cpu tensorflow');
  });

  it('falls back to WebAssembly where the addon cannot be loaded, and says why', async () => {
    const shown = await run('report', loadingFirst('broken-addon.cjs'), 'zh');
    assert.match(
      shown,
      /原因：原生引擎无法加载（.*libtensorflow_cc\.so\.2: cannot open.*npm run doctor/,
    );
    assert.match(shown, /\nwasm 25$/);
  });

  it('refuses a number of threads that is none', async () => {
    const shown = await run('report', { DIGITS_THREADS: 'many', DIGITS_DEVICE: 'cpu' });
    assert.match(shown, /RangeError: .*DIGITS_THREADS.*received 'many'/);
    const most = await run('report', { DIGITS_THREADS: '1e9', DIGITS_DEVICE: 'cpu' }, 'zh');
    assert.match(most, /RangeError: DIGITS_THREADS 应当是 1 到 1024 的整数，收到的是 '1e9'/);
  });

  it('refuses a device that does not exist', async () => {
    assert.match(await run('report', { DIGITS_DEVICE: 'tpu' }), /RangeError: .*received 'tpu'/);
  });
});
