/** Each layer of tfjs-layers, as `fit` trains it, against tfjs-layers' own `fit`. */
import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs';
import { useDevice } from '../../../lib/digits/device/use';
import { assertSameHistory, assertSameWeights, fitQuietly, fitStock } from './against-stock';
import { layerCases } from './layer-models';

/** Of `tf.layers`, what makes no layer of its own. */
const OTHERS = {
  Layer: 'the base of all layers',
  RNN: 'the class that `rnn` makes',
  RNNCell: 'the base of the cells',
  input: 'an alias of tf.input, which makes a tensor',
  avgPool1d: 'averagePooling1d',
  avgPooling1d: 'averagePooling1d',
  avgPool2d: 'averagePooling2d',
  avgPooling2d: 'averagePooling2d',
  avgPool3d: 'averagePooling3d',
  avgPooling3d: 'averagePooling3d',
  globalMaxPool1d: 'globalMaxPooling1d',
  globalMaxPool2d: 'globalMaxPooling2d',
  maxPool1d: 'maxPooling1d',
  maxPool2d: 'maxPooling2d',
};

const SAMPLES = 21;
/** The last step is given one sample, whose axis a careless reshape would lose. */
const options = { batchSize: 4, epochs: 2, shuffle: false, validationSplit: 0.2 };

describe('each layer of tfjs-layers', () => {
  before(async () => {
    await useDevice('cpu');
  });

  it('has a line in the table', () => {
    const known = [...Object.keys(layerCases), ...Object.keys(OTHERS)];
    assert.deepEqual(known.sort(), Object.keys(tf.layers).sort());
  });

  for (const [name, { model, x: given, fallsBack, fails }] of Object.entries(layerCases)) {
    const compiled = () => {
      const made = model();
      made.compile({ optimizer: tf.train.sgd(0.01), loss: 'meanSquaredError', metrics: ['mae'] });
      return made;
    };
    const data = ({ inputs }: tf.LayersModel): [tf.Tensor, tf.Tensor] => {
      const shape = inputs[0]?.shape.slice(1) as number[];
      const x = given?.(SAMPLES) ?? tf.randomUniform([SAMPLES, ...shape], 0, 1, 'float32', 3);
      return [x, tf.randomUniform([SAMPLES, 1], 0, 1, 'float32', 5)];
    };

    if (fails) {
      it(`${name} is trained by neither`, async () => {
        for (const train of [fitQuietly, fitStock]) {
          const trained = async () => {
            const made = compiled();
            await train(made, ...data(made), options);
          };
          await assert.rejects(trained, fails);
        }
      });
      continue;
    }

    it(`${name} ${fallsBack ? 'falls back, and says why' : 'is recorded'}`, async () => {
      const [ours, stock] = [compiled(), compiled()];
      stock.setWeights(ours.getWeights());
      const [x, y] = data(ours);
      const trained = await fitQuietly(ours, x, y, options);
      if (fallsBack) assert.match(trained.said, fallsBack);
      else assert.equal(trained.said, '');
      assertSameHistory(trained, await fitStock(stock, x, y, options), 1e-5);
      assertSameWeights(ours, stock, 1e-5);
    });
  }
});
