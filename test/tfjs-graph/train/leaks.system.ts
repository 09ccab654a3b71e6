/** What training leaves behind: no tensor, no session, no memory. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import * as tf from '@tensorflow/tfjs';
import { useDevice } from '../../../lib/digits/device/use';
import { requestInterrupt } from '../../../lib/digits/notebook/interrupt';
import { type FitOptions, fit } from '../../../lib/digits/training/fit';
import { projectRoot } from '../../../lib/tools/project/paths';
import { counts } from './counts';
import type { Growth } from './fit-in-process';

/**
 * MB by which the resident set may grow in the second half of 30 fits. The allocators' own noise is
 * 2 at most; a session left behind at each fit would be 30 or more, a copy of the samples 20.
 */
const NOISE = 8;

const [SAMPLES, FEATURES, CLASSES] = [60, 6, 4];
const quiet = { verbose: 0, write: () => undefined } as const;
const common: FitOptions = { ...quiet, batchSize: 8, epochs: 2, validationSplit: 0.2 };

const noise = () => tf.layers.gaussianNoise({ stddev: 0.1 });
const dropout = () => tf.layers.dropout({ rate: 0.3 });
const normalization = () => tf.layers.batchNormalization();
const block = () => [
  tf.layers.reshape({ targetShape: [4, 2, 1] }),
  tf.layers.conv2d({ filters: 3, kernelSize: 2, padding: 'same', activation: 'relu' }),
  tf.layers.maxPooling2d({ poolSize: 2 }),
  tf.layers.flatten(),
];

function build(
  optimizer: () => tf.Optimizer | string = () => 'adam',
  between: () => tf.layers.Layer[] = () => [],
) {
  const layers = [
    tf.layers.dense({ units: 8, activation: 'relu', inputShape: [FEATURES] }),
    ...between(),
    tf.layers.dense({ units: CLASSES, activation: 'softmax' }),
  ];
  const model = tf.sequential({ layers });
  const loss = 'sparseCategoricalCrossentropy';
  model.compile({ optimizer: optimizer() as tf.Optimizer, loss, metrics: ['accuracy'] });
  return model;
}

describe('training leaves nothing behind', () => {
  let x: tf.Tensor;
  let y: tf.Tensor;

  before(async () => {
    await useDevice('cpu');
    x = tf.randomUniform([SAMPLES, FEATURES], 0, 1, 'float32', 3);
    y = tf.randomUniform([SAMPLES], 0, CLASSES, 'int32', 5);
  });

  const models: Record<string, () => tf.Sequential> = {
    Adam: () => build(),
    SGD: () => build(() => tf.train.sgd(0.1)),
    'SGD with momentum': () => build(() => tf.train.momentum(0.1, 0.9)),
    RMSprop: () => build(() => tf.train.rmsprop(0.01)),
    Adagrad: () => build(() => tf.train.adagrad(0.1)),
    'Adadelta, whose own update is recorded': () => build(() => tf.train.adadelta(0.5)),
    Dropout: () => build(undefined, () => [dropout()]),
    'batch normalization': () => build(undefined, () => [normalization()]),
    'a block of convolution, activation and pooling': () => build(undefined, block),
    'noise, which TensorFlow.js trains itself': () => build(undefined, () => [noise()]),
  };

  for (const [name, make] of Object.entries(models)) {
    it(`after fits of a model: ${name}`, async () => {
      const model = make();
      await fit(model, x, y, common);
      const before = counts();
      for (let i = 0; i < 3; i++) await fit(model, x, y, common);
      assert.deepEqual(counts(), before);
      model.dispose();
    });
  }

  it('after a model that is trained, disposed of and made anew', async () => {
    const before = counts();
    for (let i = 0; i < 3; i++) {
      const model = build();
      await fit(model, x, y, common);
      model.dispose();
    }
    assert.deepEqual(counts(), before);
  });

  it('while epochs go by', async () => {
    const seen: string[] = [];
    const onEpochEnd = () => void seen.push(JSON.stringify(counts()));
    const model = build();
    await fit(model, x, y, { ...common, epochs: 50, callbacks: { onEpochEnd } });
    assert.equal(seen.length, 50);
    // The first epoch is where the history's first tensors and the first samples come in.
    assert.deepEqual([...new Set(seen.slice(1))], [seen[1]]);
    model.dispose();
  });

  const sampleWeight = tf.fill([SAMPLES], 0.5);
  const variants: Record<string, () => FitOptions> = {
    'callbacks at each step': () => ({ callbacks: { onBatchEnd: () => undefined } }),
    'early stopping': () => ({ epochs: 20, callbacks: tf.callbacks.earlyStopping({}) }),
    'weights of classes and samples': () => ({
      classWeight: { 0: 1, 1: 2, 2: 1, 3: 1 },
      sampleWeight,
    }),
    'samples for validation': () => ({ validationData: [x, y], validationSplit: 0 }),
  };

  for (const [name, options] of Object.entries(variants)) {
    it(`after fits with ${name}`, async () => {
      const model = build();
      await fit(model, x, y, { ...common, ...options() });
      const before = counts();
      for (let i = 0; i < 3; i++) await fit(model, x, y, { ...common, ...options() });
      assert.deepEqual(counts(), before);
      model.dispose();
    });
  }

  it('after an interrupted fit', async () => {
    const model = build();
    await fit(model, x, y, common);
    const before = counts();
    const onBatchEnd = (batch: number) => void (batch === 2 && assert.ok(requestInterrupt()));
    const { epoch } = await fit(model, x, y, { ...common, callbacks: { onBatchEnd } });
    assert.equal(epoch.length, 1);
    assert.deepEqual(counts(), before);
    model.dispose();
  });

  it('after a fit that refuses its samples', async () => {
    const model = build();
    await fit(model, x, y, common);
    const before = counts();
    const wide = tf.ones([SAMPLES, FEATURES + 1]);
    await assert.rejects(fit(model, wide, y, common));
    await assert.rejects(fit(model, x, y, { ...common, validationData: [wide, y] }));
    wide.dispose();
    assert.deepEqual(counts(), before);
    model.dispose();
  });
});

describe('memory stays flat over 50 epochs and over 30 fits', () => {
  const ways = [
    ['cpu', 'floats', 'dense'],
    ['cpu', 'bytes', 'dense'],
    ['wasm', 'floats', 'dense'],
    ['wasm', 'bytes', 'dense'],
    ['cpu', 'bytes', 'convolutions'],
    ['wasm', 'floats', 'convolutions'],
  ] as const;
  let grown: Record<string, Growth>[];

  before(async function () {
    this.timeout(600_000);
    grown = [];
    for (const [device, samples, layers] of ways) {
      grown.push(await growthOn(device, samples, layers));
    }
  });

  ways.forEach(([device, samples, layers], i) => {
    for (const name of ['epochs', 'fits', 'steps', 'interrupted', 'thrown']) {
      it(`${name}: ${layers}, ${samples}, ${device}`, () => {
        const growth = grown[i]?.[name];
        assert.ok(growth);
        const { resident, ...kept } = growth;
        assert.deepEqual(kept, {
          ...{ tensors: 0, bytes: 0, sessions: 0, addonTensors: 0 },
          ...{ temporary: 0, listeners: 0 },
        });
        assert.ok(resident < NOISE, `the resident set grew by ${resident.toFixed(1)} MB`);
      });
    }
  });
});

async function growthOn(
  device: string,
  samples: string,
  layers: string,
): Promise<Record<string, Growth>> {
  const script = join(__dirname, 'fit-in-process.ts');
  const temporary = await mkdtemp(join(tmpdir(), 'leaks-'));
  try {
    const { stdout } = await promisify(execFile)(
      process.execPath,
      ['--expose-gc', '--import', 'tsx', script, samples, layers],
      {
        cwd: projectRoot,
        env: {
          ...process.env,
          DIGITS_DEVICE: device,
          // The allocator's arenas, of which there are more the more cores, keep some of what was freed.
          MALLOC_ARENA_MAX: '2',
          ...{ TMPDIR: temporary, TEMP: temporary },
        },
      },
    );
    return JSON.parse(stdout);
  } finally {
    await rm(temporary, { recursive: true });
  }
}
