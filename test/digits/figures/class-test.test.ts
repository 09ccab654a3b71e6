import assert from 'node:assert/strict';
import { classTest } from '../../../lib/digits/figures';
import { setLanguage } from '../../../lib/digits/language';
import { notes, same, says, traces } from './support';

describe('classTest', () => {
  afterEach(() => setLanguage('en'));

  // Bob's two fours and one of Ada's ten are read as nines.
  const labels = [4, 4, ...new Array(10).fill(4)];
  const predictions = [9, 9, ...new Array(9).fill(4), 9];
  const writers = ['小明 “B” 😀', '小明 “B” 😀', ...new Array(10).fill('Ada')];
  const drawn = (accuracy = 0.97) => classTest(labels, predictions, writers, accuracy);

  it('shows the share of each writer that is wrong, the worst first, with Wilson’s interval', () => {
    const [bars] = traces(drawn());
    assert.deepEqual(bars?.x, [0.25, 1, 0.1]);
    const { ticktext } = drawn().layout.yaxis ?? {};
    assert.deepEqual(ticktext, ['<b>The class</b>', '小明 “B” 😀', 'Ada']);
    // The interval is 0.0889 to 0.5323 for 3 of 12, and 0.3424 to 1 for 2 of 2.
    const { array, arrayminus } = Object(bars).error_x;
    same([array, arrayminus], '[[0.2823,0,0.3042],[0.1611,0.6576,0.0821]]');
  });

  it('says whether the class differs from MNIST’s test set, and what is taken for what', () => {
    for (const [accuracy, expected] of [
      [
        0.97,
        /3 of 12 read wrong, 25\.0%.*within 8\.9% to 53\.2%.*3\.0%.*Too far above to be chance/,
      ],
      [0.97, /4 taken for 9: 3/],
      [0.9, /may be mere chance/],
      [0.3, /Too far below/],
    ] as const) {
      assert.match(notes(drawn(accuracy)).join(), expected);
    }
    setLanguage('zh');
    says(drawn(), /^全班写了 12 个数字，认错 3 个，25\.0%。.*\n小明 .*：2 个中认错 2 个，100\.0%/);
  });

  it('names what is missing', () => {
    const by = (names: unknown, accuracy?: number) => () =>
      classTest(labels, predictions, names as never, accuracy);
    assert.throws(by(['Ada'], 0.97), {
      name: 'RangeError',
      message: /^Expected a writer for each of 12 samples but received 1\. Write const \[classX/,
    });
    assert.throws(by(undefined, 0.97), /received undefined/);
    assert.throws(by(writers), /Expected an accuracy/);
    assert.throws(() => classTest([], [], [], 0.97), /at least one/);
  });
});
