/** The parts of figures: axes, grids of pictures, means of many steps, titles in lines. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { wrapped } from '../../../lib/digits/figures/captioned-grid';
import { historyPicture } from '../../../lib/digits/figures/history-picture';
import { epochScale, lossScale, marks, shareScale } from '../../../lib/digits/figures/scale';
import { StepMeans } from '../../../lib/digits/figures/step-means';
import { setLanguage } from '../../../lib/digits/language';
import { readData } from '../../texts';
import { trained } from './support';

const SCALES = { lossScale, shareScale, epochScale } as const;

const { scales, titles } = readData<{
  readonly scales: [make: keyof typeof SCALES, given: [never], marks: string][];
  readonly titles: [words: string, width: number, lines: string[]][];
}>('digits/figures/parts.yml');

describe('scales', () => {
  it('begin and end at round numbers', () => {
    for (const [make, given, expected] of scales) {
      const labels = marks(SCALES[make](...given)).map(([, label]) => label);
      assert.equal(labels.join(' '), expected);
    }
    const { to } = shareScale([1, 0.81]);
    assert.ok(to > 1 && to < 1.01, 'room for a point at 1');
  });

  it('hold every loss, with three to nine marks at most ten characters long', () => {
    const value = fc.double({ min: -1e12, max: 1e12, noNaN: true }).filter(x => Math.abs(x) > 1e-9);
    fc.assert(
      fc.property(fc.array(value, { minLength: 1 }), values => {
        const scale = lossScale(values);
        for (const value of values) assert.ok(value >= scale.from && value <= scale.to);
        const ticks = marks(scale);
        assert.ok(ticks.length >= 3 && ticks.length <= 9, ticks.join(' '));
        for (const [, label] of ticks) assert.ok(label.length <= 10, label);
      }),
    );
  });
});

describe('StepMeans', () => {
  it('shows a point once all its steps are done, and the first one at once', () => {
    const means = new StepMeans(['loss'], 500, 1);
    for (const loss of [4, 2, 9]) means.add({ loss });
    assert.deepEqual(means.values.loss, [3]);
    means.add({ loss: 1 });
    assert.deepEqual(
      [means.values.loss, means.epochs],
      [
        [3, 5],
        [1 / 500, 3 / 500],
      ],
    );
  });

  it('keeps the means of all steps, at positions that grow, in 250 points at most', () => {
    const numbers = [fc.integer({ min: 1, max: 400 }), fc.integer({ min: 1, max: 30 })] as const;
    fc.assert(
      fc.property(...numbers, (perEpoch, epochs) => {
        const means = new StepMeans(['loss'], perEpoch, epochs);
        const points = means.values.loss ?? [];
        const steps = Math.floor((perEpoch * epochs) / means.size) * means.size;
        for (let step = 0; step < steps; step++) means.add({ loss: step });
        assert.ok(points.length <= 250 && points.length * means.size === steps);
        points.forEach((mean, i) => {
          assert.ok(Math.abs(mean - (i * means.size + (means.size - 1) / 2)) <= 1e-9 * steps);
          assert.ok(Number(means.epochs[i]) > (means.epochs[i - 1] ?? 0));
        });
      }),
      { numRuns: 50 },
    );
  });
});

describe('wrapped', () => {
  it('breaks words, and Chinese but before punctuation, into few lines of about one length', () => {
    for (const [words, width, lines] of titles) {
      assert.deepEqual(wrapped(words, width), lines);
    }
  });
});

const words = (svg: string) =>
  Array.from(svg.matchAll(/<text[^>]*>([^<]*)</g), ([, word = '']) => word.trim());

describe('historyPicture', () => {
  it('has its axes and legend before the first step, without the run that a click shows', () => {
    const empty = { loss: [], acc: [], val_loss: [], val_acc: [] };
    setLanguage('zh');
    const { svg } = historyPicture(empty, {
      steps: trained([]),
      beside: { name: 'the other', history: { loss: [0.4] } },
      epochs: 2,
    });
    const legend = ['训练集，每步', '训练集，每轮', '验证集'];
    for (const word of [...legend, '损失', '准确率', '轮次', '0', '1', '2', '0.5']) {
      assert.ok(words(svg).includes(word), `${word} is not in ${svg}`);
    }
    assert.doesNotMatch(svg, /the other/);
    assert.match(svg, /font-family="SimHei, 'Noto Sans SC'/);
  });

  it('shows what is not a number not at all, and takes no markup from a name', () => {
    const steps = trained([Number.NaN, 1, Number.NaN]);
    const { svg } = historyPicture({ loss: [], '<script>"&': [] }, { steps, epochs: 2 });
    assert.ok(!/NaN|undefined|Infinity|<script/.test(svg), svg);
    assert.ok(svg.includes('&#60;script&#62;&#34;&#38;'));
  });
});
