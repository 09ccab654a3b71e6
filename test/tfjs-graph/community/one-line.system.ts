/** A program of TensorFlow.js gives the same with one line changed: `fit(model, …)` for `model.fit(…)`. */
import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs';
import { useDevice } from '../../../lib/digits/device/use';
import { type DatasetOptions, fit, fitDataset } from '../../../lib/tfjs-graph';
import { assertClose } from '../train/against-stock';
import { type Program, programs } from './programs';

/** So much may a number differ, relative to what tfjs-layers gives. */
const NOISE = 1e-4;

/** So much may a weight: Adam's epsilon is added where Keras adds it, which moves those of small gradients. */
const MOVED = 5e-3;

/** Trains a program on its own data, from the weights that it is given. */
async function run(program: Program, weights: tf.Tensor[], train: typeof fit) {
  const seen: string[] = [];
  const data = program.data();
  const model = program.model();
  model.setWeights(weights);
  const options = program.options(what => seen.push(what), data);
  const { epoch, history } = await train(model, data.x, data.y, { ...options, shuffle: false });
  return { seen, epoch, history, model };
}

const stock: typeof fit = (model, x, y, options) =>
  model.fit(x, y, { ...options, verbose: 0 } as tf.ModelFitArgs);

describe('with one line changed', () => {
  before(async () => {
    await useDevice('cpu');
  });

  for (const [name, program] of Object.entries(programs)) {
    it(`the same history, weights and callbacks: ${name}`, async () => {
      const weights = program.model().getWeights();
      const fallback: string[] = [];
      const ours = await run(program, weights, (model, x, y, options) =>
        fit(model, x, y, { ...options, onFallback: why => fallback.push(why.message) }),
      );
      const theirs = await run(program, weights, stock);
      assert.deepEqual(fallback, [], 'recorded');
      assert.deepEqual(ours.seen, theirs.seen);
      assert.deepEqual(ours.epoch, theirs.epoch);
      assert.deepEqual(Object.keys(ours.history).sort(), Object.keys(theirs.history).sort());
      for (const [key, values] of Object.entries(theirs.history)) {
        assertClose(ours.history[key] as number[], values as number[], NOISE, key);
      }
      const changed = theirs.model.getWeights();
      ours.model.getWeights().forEach((weight, i) => {
        const other = changed[i] as tf.Tensor;
        assertClose(weight.dataSync(), other.dataSync(), MOVED, `${name}, weights ${i}`);
      });
    });
  }

  it('fitDataset for model.fitDataset, which measures ages', async () => {
    const program = programs.ages as Program;
    const { x, y } = program.data();
    const weights = program.model().getWeights();
    const rows = tf.data.zip({
      xs: tf.data.array((x as tf.Tensor2D).arraySync()),
      ys: tf.data.array((y as tf.Tensor2D).arraySync()),
    });
    const batches = rows.batch(50);
    const options = { epochs: 5, validationData: batches.skip(6) };
    const ages = async (train: (model: tf.LayersModel) => Promise<tf.History>) => {
      const model = program.model();
      model.setWeights(weights);
      return { ...(await train(model)), model };
    };
    const fallback: string[] = [];
    const onFallback: DatasetOptions['onFallback'] = why => fallback.push(why.message);
    const ours = await ages(model =>
      fitDataset(model, batches.take(6), { ...options, shuffle: false, onFallback }),
    );
    const theirs = await ages(model =>
      model.fitDataset(batches.take(6), { ...options, verbose: 0 }),
    );
    assert.deepEqual(fallback, [], 'recorded');
    assert.deepEqual(Object.keys(ours.history).sort(), ['loss', 'val_loss']);
    for (const key of ['loss', 'val_loss']) {
      assertClose(ours.history[key] as number[], theirs.history[key] as number[], NOISE, key);
    }
    ours.model.getWeights().forEach((weight, i) => {
      const other = theirs.model.getWeights()[i] as tf.Tensor;
      assertClose(weight.dataSync(), other.dataSync(), NOISE, `weights ${i}`);
    });
  });

  it('where each call of fit is for one epoch of many', async () => {
    const program = programs.flowers as Program;
    const weights = program.model().getWeights();
    const epochs = async (train: typeof fit) => {
      const { x, y } = program.data();
      const model = program.model();
      model.setWeights(weights);
      const losses: unknown[] = [];
      for (let epoch = 0; epoch < 5; epoch++) {
        const options = { epochs: 1, batchSize: 8, shuffle: false, yieldEvery: 'epoch' } as const;
        losses.push(...((await train(model, x, y, options)).history.loss ?? []));
      }
      return losses as number[];
    };
    assertClose(await epochs(fit), await epochs(stock), NOISE, 'loss');
  });
});
