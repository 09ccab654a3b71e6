/** Convolutions of a model that are computed as blocks, with equal training results. */
import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs';
import { useDevice } from '../../../../lib/digits/device/use';
import { type NativeBackend, nativeBackend } from '../../../../lib/tfjs-graph/backend';
import { Column } from '../../../../lib/tfjs-graph/bytes/column';
import { type InnerModel, trainableWeights } from '../../../../lib/tfjs-graph/train/model';
import { nativeStepRecorder } from '../../../../lib/tfjs-graph/train/native-steps';
import { OptimizerState } from '../../../../lib/tfjs-graph/train/optimizer-state';
import { type RecordedStep, recordSteps } from '../../../../lib/tfjs-graph/train/record-step';
import { setParts } from '../../../../lib/tfjs-graph/train/settings';
import { describeNative } from '../../../native';
import { readData } from '../../../texts';
import { assertTrainsAlike } from '../../train/against-stock';
import { layerOf, type Written } from '../../train/written-layers';

const { layers } = tf;
type Apply = (x: tf.SymbolicTensor) => tf.SymbolicTensor;

interface Net {
  readonly body: Apply;
  /** The number of blocks, and of convolutions that TensorFlow computes. */
  readonly blocks: number;
  readonly others?: number;
  /** Indices of frozen layers. */
  readonly frozen?: readonly number[];
}

/** A sequence of layers. */
type Sequence = Omit<Net, 'body'> & { readonly layers: readonly Written[] };

/** The layer as a function of the input. */
const apply =
  (layer: tf.layers.Layer): Apply =>
  x =>
    layer.apply(x) as tf.SymbolicTensor;
const sequence = (...all: readonly tf.layers.Layer[]): Apply =>
  all.map(apply).reduce((first, next) => x => next(first(x)));
const conv = (settings: Partial<Parameters<typeof layers.conv2d>[0]>) =>
  layers.conv2d({ filters: 4, kernelSize: 3, activation: 'relu', ...settings });

const nets: Record<string, () => Net> = {
  'a branch before the pooling': () => ({
    body: x => {
      const output = apply(conv({ padding: 'same' }))(x);
      const pool = layers.maxPooling2d({ poolSize: 2, strides: 1, padding: 'same' });
      return layers.add().apply([apply(pool)(output), output]) as tf.SymbolicTensor;
    },
    blocks: 1,
  }),
  'the same filters twice': () => {
    const shared = layers.conv2d({ filters: 2, kernelSize: 3, padding: 'same' });
    return { body: sequence(conv({ filters: 2, padding: 'same' }), shared, shared), blocks: 3 };
  },
};
const sequences = readData<Record<string, Sequence>>('tfjs-graph/native/layers/conv-blocks.yml');
for (const [name, { layers: written, ...net }] of Object.entries(sequences)) {
  nets[name] = () => ({ ...net, body: sequence(...written.map(layerOf)) });
}

/** A step of training on so many samples at a time. */
function stepOf(
  model: tf.LayersModel,
  columns: readonly tf.Tensor[],
  batchSize: number,
  parts: number,
) {
  const backend = nativeBackend() as NativeBackend;
  const inner = model as unknown as InnerModel;
  const optimizer = new OptimizerState(inner.optimizer);
  optimizer.prepare(trainableWeights(inner));
  const count = columns[0]?.shape[0] ?? 0;
  const training = { columns: columns.map(tensor => new Column(tensor)), count };
  const validation = { columns: [], count: 0 };
  const options = { model: inner, optimizer, training, validation, batchSize };
  const [recorded] = recordSteps(nativeStepRecorder(backend, parts), options);
  return (recorded as { step: RecordedStep }).step;
}

/** How many operations of this name a step has. */
const countOf = ({ tape }: RecordedStep, name: string): number =>
  tape.ops.filter(({ op }) => op === name).length;

const SAMPLES = 21;

describeNative('convolutions of a model', () => {
  let columns: [tf.Tensor, tf.Tensor];
  before(async () => {
    await useDevice('cpu');
    columns = [
      tf.randomUniform([SAMPLES, 12, 10, 1], 0, 1, 'float32', 3),
      tf.randomUniform([SAMPLES], 0, 4, 'int32', 5).toFloat(),
    ];
  });
  after(() => {
    setParts(undefined);
    tf.dispose(columns);
  });

  function build({ body, frozen = [] }: Net): tf.LayersModel {
    const inputs = tf.input({ shape: [12, 10, 1] });
    const flat = layers.flatten().apply(body(inputs));
    const outputs = layers.dense({ units: 4, activation: 'softmax' }).apply(flat);
    const model = tf.model({ inputs, outputs: outputs as tf.SymbolicTensor });
    for (const i of frozen) (model.layers[i] as tf.layers.Layer).trainable = false;
    model.compile({
      optimizer: tf.train.sgd(0.05),
      loss: 'sparseCategoricalCrossentropy',
      metrics: ['accuracy'],
    });
    return model;
  }

  for (const [name, net] of Object.entries(nets)) {
    it(`${name}: learns what it learns by tfjs-layers`, async () => {
      const { blocks, others = 0 } = net();
      const [ours, stock] = [build(net()), build(net())];
      stock.setWeights(ours.getWeights());
      const step = stepOf(ours, columns, 8, 2);
      assert.deepEqual([countOf(step, 'ConvBlock'), countOf(step, 'Conv2D')], [blocks, others]);
      setParts(2);
      await assertTrainsAlike(
        [ours, stock],
        columns,
        { batchSize: 8, epochs: 2 },
        { tolerance: 1e-4 },
      );
    });
  }

  it('are divided among the cores where they are large, and joined for what comes next', async () => {
    const large = conv({ filters: 128, kernelSize: 5, padding: 'same' });
    const pool = () => layers.maxPooling2d({ poolSize: 2 });
    const body = sequence(large, pool(), conv({ filters: 128 }), pool());
    const model = build({ body, blocks: 2 });
    for (const parts of [1, 2, 3]) {
      const step = stepOf(model, columns, 20, parts);
      assert.equal(countOf(step, 'ConvBlock'), 2 * parts);
      assert.equal(countOf(step, 'ConvBlockGrad'), 2 * parts);
      // Only before Flatten: the second convolution takes the parts of the first.
      assert.equal(countOf(step, 'ConcatV2'), parts > 1 ? 1 : 0);
      assert.equal(countOf(step, 'AddN'), parts > 1 ? 4 : 0);
    }
  });
});
