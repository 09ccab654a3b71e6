/** The networks that the pad has without a model. */
import assert from 'node:assert/strict';
import { loadData } from 'mnist-data-loader';
import { itemAt } from '../../../lib/digits/item-at';
import { setLanguage, tables } from '../../../lib/digits/language';
import { digitPad, padLayers } from '../../../lib/digits/pad/digit-pad';
import { type DenseLayer, output, pack, unpack } from '../../../lib/digits/pad/plain-network';
import { compiledModel, printed } from '../../support';
import { padBundle } from './hand';

/** The share of every fifth of MNIST's test pictures that a network reads right, computed as the pad does. */
async function accuracyOf(layers: readonly DenseLayer[]): Promise<number> {
  const [, [images, labels]] = await loadData({ progress: false });
  const some = labels.data.filter((_, i) => i % 5 === 0);
  const hits = some.filter((label, i) => {
    const pixels = images.data.subarray(784 * 5 * i, 784 * (5 * i + 1));
    const probabilities = output(
      layers,
      Float32Array.from(pixels, value => value / 255),
    );
    return probabilities.indexOf(Math.max(...probabilities)) === label;
  });
  return hits.length / some.length;
}

const layersOf = (name: 'trained' | 'untrained') => padLayers(name).map(unpack);

describe('the networks that come with the pad', function () {
  this.timeout(60_000);

  it('are one that reads at least 97.5% of the test set, and one that guesses', async () => {
    const trained = await accuracyOf(layersOf('trained'));
    assert.ok(trained >= 0.975, `${trained}`);
    const untrained = await accuracyOf(layersOf('untrained'));
    assert.ok(untrained > 0.02 && untrained < 0.25, `${untrained}`);
  });

  it('are the same at each call, the untrained one within the limits of glorotUniform', () => {
    const [first, last] = layersOf('untrained') as [DenseLayer, DenseLayer];
    assert.deepEqual(layersOf('untrained'), [first, last]);
    for (const [{ kernel }, sizes] of [
      [first, 784 + 128],
      [last, 128 + 10],
    ] as const) {
      const limit = Math.sqrt(6 / sizes);
      const largest = Math.max(...kernel.map(Math.abs));
      assert.ok(largest <= limit && largest > 0.99 * limit, `${largest} of ${limit}`);
    }
  });

  it('take 100 kB of a notebook, both, beside the scripts', () => {
    const size = (name: 'trained' | 'untrained') => JSON.stringify(padLayers(name)).length;
    assert.ok(size('trained') < 75e3 && size('untrained') < 250);
    assert.ok(padBundle(compiledModel())['text/html'].length < 300_000);
  });

  it('pack four bits a weight, which differ by less than 1/14 of the largest of the unit', () => {
    const kernel = Float32Array.of(-7, 3, 2.4, -0.5, 7, 1.2);
    const layer = { kernel, bias: Float32Array.of(1, 2), activation: 'linear' } as const;
    const packed = unpack(pack(layer, 4));
    packed.kernel.forEach((weight, i) => {
      assert.ok(Math.abs(weight - itemAt(kernel, i)) <= itemAt([7, 3], i % 2) / 14 + 1e-6);
    });
    assert.deepEqual([...packed.kernel.slice(0, 2)], [-7, 3]);
  });

  for (const language of ['en', 'zh'] as const) {
    it(`say in ${language} which one it is, and which there are`, async () => {
      setLanguage(language);
      const { line, titles, otherName } = tables[language].pad;
      for (const name of ['trained', 'untrained'] as const) {
        assert.match(padBundle(name)['text/html'], new RegExp(`<b>${titles[name]}</b>`));
      }
      assert.throws(() => digitPad('Trained' as never), {
        name: 'PadModelError',
        message: otherName('Trained'),
      });
      assert.equal(await printed(() => digitPad('trained')), `${titles.trained}\n${line}`);
      assert.equal(await printed(() => digitPad(compiledModel())), line);
    });
  }
});
