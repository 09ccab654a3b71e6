import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs';
import { useDevice } from '../../../lib/digits/device/use';
import { unitWeights } from '../../../lib/digits/figures/unit-weights';
import { itemAt } from '../../../lib/digits/item-at';
import { setLanguage } from '../../../lib/digits/language';
import { crop, pictureOf } from './support';

/** A model of 2 × 2 pictures whose units have the given weights, one a pixel. */
function modelOf(...units: number[][]): tf.Sequential {
  const model = tf.sequential();
  model.add(tf.layers.flatten({ inputShape: [2, 2] }));
  model.add(tf.layers.dense({ units: units.length }));
  const kernel = tf.tensor2d(units).transpose();
  model.setWeights([kernel, tf.zeros([units.length])]);
  return model;
}

interface Bar {
  marker: { cmin: number; cmax: number; colorscale: [number, string][] };
  text: string[];
  x: number[];
}

/** The colours of a palette, in the order of the file. */
function paletteOf(address: string): number[][] {
  const png = Buffer.from(address.replace(/^.*,/, ''), 'base64');
  const at = png.indexOf('PLTE');
  const bytes = Array.from(png.subarray(at + 4, at + 4 + png.readUInt32BE(at - 4)));
  return Array.from({ length: bytes.length / 3 }, (_, i) => bytes.slice(3 * i, 3 * i + 3));
}

describe('unitWeights', () => {
  before(async () => {
    await useDevice('cpu');
  });

  afterEach(() => setLanguage('en'));

  it("draws each unit's weights in the places of the pixels", () => {
    const page = pictureOf(unitWeights(modelOf([-1, 0, 1, 0.5], [1, 1, -1, -1])));
    const white = itemAt(itemAt(page, 0), 1);
    assert.deepEqual(crop(page, 0, 0, 2, 2), [
      [0, white],
      [2 * white, 1.5 * white],
    ]);
    assert.deepEqual(crop(page, 4, 0, 2, 2), [
      [2 * white, 2 * white],
      [0, 0],
    ]);
  });

  it('goes from blue over white, which is 0, to orange, alike on both sides', () => {
    const { data } = unitWeights(modelOf([-1, 0, 1, 0.5]));
    const palette = paletteOf((data[0] as { source: string }).source);
    const steps = palette.length - 1;
    assert.equal(steps % 2, 1, 'a step for 0');
    assert.deepEqual(palette[0], [0, 114, 178]);
    assert.deepEqual(palette[(steps - 1) / 2], [255, 255, 255]);
    assert.deepEqual(palette[steps - 1], [213, 94, 0]);
    const { marker } = data[1] as unknown as Bar;
    assert.deepEqual([marker.cmin, marker.cmax], [-1, 1]);
    assert.deepEqual(
      marker.colorscale.map(([, color]) => color),
      ['#0072B2', 'white', '#D55E00'],
    );
  });

  it('does not let one large weight make all others pale', () => {
    const weights = Array.from({ length: 400 }, (_, i) => [i === 0 ? 50 : 0.1, 0.1, -0.1, 0]);
    const { marker } = unitWeights(modelOf(...weights)).data[1] as unknown as Bar;
    assert.equal(marker.cmax, 0.1);
  });

  it('shows 128 units in rows of 12, and says which one the pointer is at', () => {
    const figure = unitWeights(modelOf(...Array.from({ length: 128 }, () => [0, 1, 2, 3])));
    const page = pictureOf(figure);
    assert.deepEqual([page[0]?.length, page.length], [12 * 4 - 2, 11 * 4 - 2]);
    const { text, x } = figure.data[1] as unknown as Bar;
    assert.deepEqual([text[12], x[12]], ['12', x[0]]);
  });

  it('stays below 80 kB for the weights of the lesson, even at random', () => {
    const model = tf.sequential();
    model.add(tf.layers.flatten({ inputShape: [28, 28] }));
    model.add(tf.layers.dense({ units: 128 }));
    model.setWeights([tf.randomNormal([784, 128], 0, 0.1), tf.zeros([128])]);
    const { length } = JSON.stringify(unitWeights(model));
    assert.ok(length < 80e3, `${length} bytes`);
  });

  it('can be read without being seen, in both languages', () => {
    const model = modelOf([0, 0, 0, 0]);
    assert.equal(
      unitWeights(model).text,
      'The weights of the 1 hidden units, 2 × 2 each, drawn as pictures.',
    );
    setLanguage('zh');
    assert.match(unitWeights(model).text, /^1 个神经元，每个的 2 × 2 个权重/);
  });

  it('explains that it needs a weight for each pixel', () => {
    const model = tf.sequential();
    model.add(tf.layers.conv2d({ inputShape: [4, 4, 1], filters: 2, kernelSize: 2 }));
    model.add(tf.layers.flatten());
    model.add(tf.layers.dense({ units: 2 }));
    assert.throws(
      () => unitWeights(model),
      /^RangeError: Expected a model of pictures whose first Dense layer has a weight for each pixel/,
    );
    setLanguage('zh');
    assert.throws(() => unitWeights(model), /对每个像素有一个权重；这个模型不是。/);
  });
});
