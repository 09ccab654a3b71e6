/** Each layer of tfjs-layers: `fit` on both engines, compared with tfjs-layers' own `fit`. */
import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs';
import { useDevice } from '../../../lib/digits/device/use';
import { readData } from '../../texts';
import {
  assertSameHistory,
  assertSameWeights,
  assertTrainsAlike,
  fitQuietly,
  fitStock,
} from './against-stock';
import { layerOf, type Written } from './written-layers';

const SAMPLES = 21;

interface Table {
  readonly before: Readonly<Record<string, Written>>;
  readonly layers: Readonly<Record<string, Readonly<Record<string, { readonly as?: string }>>>>;
  readonly then: Readonly<Record<string, Written>>;
  readonly fails: Readonly<Record<string, string>>;
  readonly others: string;
}

const table = readData<Table>('tfjs-graph/train/layers.yml');

/** Samples that are not numbers between 0 and 1. */
const samples: Readonly<Record<string, () => tf.Tensor>> = {
  embedding: () => tf.randomUniform([SAMPLES, 6], 0, 9, 'int32', 3).toFloat(),
  masking: () => tf.randomUniform([SAMPLES, 5, 2], -1, 1, 'float32', 3).relu(),
  categoryEncoding: () => tf.randomUniform([SAMPLES, 4], 0, 4, 'int32', 3),
};

/** Stacks a layer on trainable layers, followed by a single output. */
function build(kind: string, name: string): tf.LayersModel {
  const { as = name, ...options } = table.layers[kind]?.[name] ?? {};
  const dense = (units: number, activation?: 'tanh' | 'sigmoid') =>
    tf.layers.dense({ units, activation });
  if (kind === 'pairs') {
    const inputs = tf.input({ shape: [6] });
    const pair = [dense(4, 'tanh'), dense(4, 'sigmoid')].map(layer => layer.apply(inputs));
    const outputs = dense(1).apply(layerOf({ [as]: options }).apply(pair as tf.SymbolicTensor[]));
    return tf.model({ inputs, outputs: outputs as tf.SymbolicTensor });
  }
  const specs = [table.before[kind], { [as]: options }, table.then[name]];
  const model = tf.sequential({ layers: specs.flatMap(spec => (spec ? layerOf(spec) : [])) });
  const [{ shape } = { shape: [] }] = model.outputs;
  if (shape.length > 2) model.add(tf.layers.flatten());
  model.add(dense(1));
  return model;
}

/** The last step has one sample. A careless reshape would lose the batch axis. */
const options = { batchSize: 4, epochs: 2, shuffle: false, validationSplit: 0.2 };

/** Creates a model with the layer, optionally with fixed weights, and data. */
function compiled(kind: string, name: string, isSeeded = false) {
  const model = build(kind, name);
  model.compile({ optimizer: tf.train.sgd(0.01), loss: 'meanSquaredError', metrics: ['mae'] });
  const weights = isSeeded ? model.trainableWeights : [];
  weights.forEach((weight, i) => {
    weight.write(tf.randomUniform(weight.shape as number[], -0.5, 0.5, 'float32', i + 1));
  });
  const shape = model.inputs[0]?.shape.slice(1) as number[];
  const x = samples[name]?.() ?? tf.randomUniform([SAMPLES, ...shape], 0, 1, 'float32', 3);
  return [model, x, tf.randomUniform([SAMPLES, 1], 0, 1, 'float32', 5)] as const;
}

describe('each layer of tfjs-layers', () => {
  before(async () => {
    await useDevice('wasm');
    await useDevice('cpu');
  });

  const cases = Object.entries(table.layers).flatMap(([kind, layers]) =>
    Object.keys(layers).map(name => [kind, name] as const),
  );

  it('has a line in the table', () => {
    const names = [...cases.map(([, name]) => name), ...table.others.split(' ')];
    assert.deepEqual(names.sort(), Object.keys(tf.layers).sort());
  });

  for (const [kind, name] of cases) {
    const { [name]: fails } = table.fails;
    if (fails) {
      it(`${name} is trained by neither`, async () => {
        for (const train of [fitQuietly, fitStock]) {
          await assert.rejects(async () => train(...compiled(kind, name), options), RegExp(fails));
        }
      });
      continue;
    }

    it(`${name} is recorded`, async () => {
      const [ours, ...data] = compiled(kind, name);
      const [stock] = compiled(kind, name);
      stock.setWeights(ours.getWeights());
      await assertTrainsAlike([ours, stock], data, options);

      // On WebAssembly, against the engine in plain JavaScript, which has a wrong gradient for enlarged pictures.
      const native = tf.getBackend();
      try {
        if (name !== 'upSampling2d') await tf.setBackend('cpu');
        const [plain, ...results] = compiled(kind, name, true);
        const trained = await fitStock(plain, ...results, options);
        await tf.setBackend('wasm');
        const [wasmModel, ...wasmResults] = compiled(kind, name, true);
        const onWasm = await fitQuietly(wasmModel, ...wasmResults, options);
        assertSameHistory(onWasm, trained, 1e-4);
        assertSameWeights(wasmModel, plain, 1e-4);
      } finally {
        await tf.setBackend(native);
      }
    });
  }
});
