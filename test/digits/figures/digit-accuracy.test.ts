import assert from 'node:assert/strict';
import { digitAccuracy } from '../../../lib/digits/figures/digit-accuracy';
import { setLanguage } from '../../../lib/digits/language';

interface Bars {
  x: number[];
  y: number[];
  text: string[];
  customdata: [string, string][];
  marker: { color: string[] };
}
const labels = [0, 0, 0, 0, 7, 7];
const predictions = [0, 0, 0, 8, 7, 1];
const [bars] = digitAccuracy(labels, predictions).data as [Bars];

describe('digitAccuracy', () => {
  afterEach(() => setLanguage('en'));

  it('has the share of each digit that is recognised', () => {
    assert.deepEqual(
      [bars.x, bars.y],
      [
        [0, 7],
        [0.75, 0.5],
      ],
    );
    assert.deepEqual(bars.text, ['75.0%', '50.0%']);
    assert.deepEqual(bars.customdata, [
      ['3', '4'],
      ['1', '2'],
    ]);
  });

  it('sets the lowest apart by its colour', () => {
    assert.notEqual(bars.marker.color[0], bars.marker.color[1]);
  });

  it('names all that are lowest, and none if all are alike', () => {
    const tied = digitAccuracy([0, 1, 2], [0, 2, 1]);
    const [{ marker }] = tied.data as [Bars];
    assert.match(tied.text, /over all samples, lowest for 1, 2\n/);
    assert.equal(marker.color[1], marker.color[2]);
    for (const predictions of [
      [0, 1, 2],
      [1, 2, 0],
    ]) {
      const { data, layout, text } = digitAccuracy([0, 1, 2], predictions);
      assert.match(text, /^Accuracy by digit: \d+\.0% over all samples\n/);
      assert.deepEqual(new Set((data as [Bars])[0].marker.color).size, 1);
      assert.equal(layout.annotations?.length, 1);
    }
  });

  it('begins at 0 and ends at 1, so that lengths can be compared', () => {
    assert.deepEqual(digitAccuracy(labels, predictions).layout.yaxis?.range, [0, 1]);
  });

  it('draws a line at the accuracy over all', () => {
    const { shapes, annotations } = digitAccuracy(labels, predictions).layout;
    assert.deepEqual([shapes?.[0]?.y0, shapes?.[0]?.y1], [4 / 6, 4 / 6]);
    assert.equal(annotations?.[0]?.text, '- - all digits 66.7%');
  });

  it('can be read without being seen, in both languages', () => {
    assert.equal(
      digitAccuracy(labels, predictions).text,
      'Accuracy by digit: 66.7% over all samples, lowest for 7\n0: 75.0% (3 of 4)\n7: 50.0% (1 of 2)',
    );
    setLanguage('zh');
    assert.match(
      digitAccuracy(labels, predictions).text,
      /最低的是数字 7\n0：75\.0%（4 个中认对 3 个）/,
    );
  });

  it('wants a prediction for each label', () => {
    assert.throws(() => digitAccuracy([], []), /at least one, but received 0 labels/);
  });
});
