import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { projectRoot } from '../../../lib/tools/project/paths';
import { report, runScript } from './support';

/** What a script printed. */
const run = async (...script: Parameters<typeof runScript>): Promise<string> =>
  (await runScript(...script)).stdout;

describe('useDevice', () => {
  it('computes on the native engine and says so', async () => {
    const shown = await run(report);
    assert.match(shown, /^Device: (GPU|CPU), \S.*\nEngine: TensorFlow 2\.\d+\.\d+(, .*)?\nWhy: \S/);
    assert.match(shown, /\nGPU memory growth: on/);
    assert.match(shown, /\ntensorflow 25$/);
  });

  it('sets memory growth before the engine starts', async () => {
    const script = 'await digits.useDevice(); console.log(process.env.TF_FORCE_GPU_ALLOW_GROWTH)';
    assert.equal(await run(script), 'true');
  });

  /** The line of the engine, on the processor, with these threads asked for. */
  const engine = async (env: NodeJS.ProcessEnv, script = '') => {
    const shown = await run(script + report, { DIGITS_DEVICE: 'cpu', ...env });
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
    const zh = `digits.setLanguage('zh');`;
    const env = { DIGITS_THREADS: '6', TF_NUM_INTRAOP_THREADS: '2' };
    assert.equal(
      await engine(env),
      'Engine: TensorFlow …, 6 threads (DIGITS_THREADS), 2 of them an operation (TF_NUM_INTRAOP_THREADS)',
    );
    assert.equal(
      await engine(env, zh),
      '引擎：TensorFlow …，6 个线程（DIGITS_THREADS），每个运算使用 2 个（TF_NUM_INTRAOP_THREADS）',
    );
  });

  it('trains with a single thread', async () => {
    const script = `
      const { threads } = await digits.useDevice('cpu');
      const model = tf.sequential({ layers: [tf.layers.dense({ units: 64, inputShape: [784] })] });
      model.compile({ optimizer: 'sgd', loss: 'meanSquaredError' });
      const options = { epochs: 2, verbose: 0, write() {} };
      const { history } = await digits.fit(model, tf.ones([8, 784]), tf.zeros([8, 64]), options);
      console.log(threads.all, threads.parts, history.loss.every(Number.isFinite), history.loss.length);`;
    assert.equal(await run(script, { DIGITS_THREADS: '1' }), '1 1 true 2');
  });

  it('computes on WebAssembly where DIGITS_DEVICE asks for it', async () => {
    const shown = await run(report, { DIGITS_DEVICE: 'wasm' });
    assert.match(
      shown,
      /\nEngine: TensorFlow\.js 4\.\d+\.\d+, WebAssembly\nWhy: it was asked for\n/,
    );
    assert.match(shown, /\nwasm 25$/);
  });

  it('takes the GPU where the addon has one, and trains on it as on the processor', async () => {
    const surroundings = join(__dirname, 'surroundings.cjs');
    const script = `
      console.log(await digits.useDevice());
      const x = tf.randomUniform([64, 8], 0, 1, 'float32', 1);
      const y = tf.range(0, 64, 1, 'int32').mod(tf.scalar(4, 'int32'));
      const model = tf.sequential();
      const kernelInitializer = tf.initializers.glorotUniform({ seed: 1 });
      model.add(tf.layers.dense({ units: 4, activation: 'softmax', inputShape: [8], kernelInitializer }));
      model.compile({ optimizer: 'adam', loss: 'sparseCategoricalCrossentropy' });
      const { history } = await digits.fit(model, x, y, { epochs: 2, shuffle: false, verbose: 0 });
      console.log(history.loss.map(loss => loss.toFixed(5)).join(' '));`;
    const gpu = {
      NODE_OPTIONS: `--require ${JSON.stringify(surroundings)}`,
      DIGITS_TEST_GPU: 'works',
    };
    const shown = await run(script, gpu);
    assert.match(shown, /^Device: GPU, NVIDIA GPU\nEngine: TensorFlow \d\S*\nWhy: .*driver.*\n/);
    assert.match(shown, /\nGPU memory growth: on\n\d/);
    const cpu = await run(script, { DIGITS_DEVICE: 'cpu' });
    assert.equal(shown.split('\n').at(-1), cpu.split('\n').at(-1));
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
    // A driver, but no GPU: the same on every machine.
    const surroundings = join(__dirname, 'surroundings.cjs');
    const env = {
      NODE_OPTIONS: `--require ${JSON.stringify(surroundings)}`,
      DIGITS_TEST_GPU: 'none',
    };
    const [first = '', second = '', third] = (await run(script, env)).split('\n');
    assert.match(first, /^wasm an NVIDIA driver is present, but TensorFlow found no GPU/);
    assert.match(
      second,
      /^it runs already, and does until the kernel ends; restart the kernel to use another an NVIDIA driver is present/,
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

  it('refuses a number of threads that is none', async () => {
    const shown = await run(report, { DIGITS_THREADS: 'many', DIGITS_DEVICE: 'cpu' });
    assert.match(shown, /RangeError: .*DIGITS_THREADS.*received 'many'/);
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
