import assert from 'node:assert/strict';
import { historyPicture } from '../../../lib/digits/figures/history-picture';
import { setLanguage } from '../../../lib/digits/language';
import { trained } from './support';

const words = (svg: string) =>
  Array.from(svg.matchAll(/<text[^>]*>([^<]*)</g), ([, word = '']) => word.trim());

describe('historyPicture', () => {
  it('has its axes, legend and other run before the first step', () => {
    const empty = { loss: [], acc: [], val_loss: [], val_acc: [] };
    setLanguage('zh');
    const { svg } = historyPicture(empty, {
      steps: trained([]),
      beside: { name: 'the other', history: { loss: [0.4] } },
      epochs: 2,
    });
    const legend = ['训练集，每步', '训练集，每轮', '验证集', 'the other'];
    for (const word of [...legend, '损失', '准确率', '轮次', '0', '1', '2', '0.5']) {
      assert.ok(words(svg).includes(word), `${word} is not in ${svg}`);
    }
    assert.match(svg, /font-family="SimHei, 'Noto Sans SC'/);
  });

  it('shows what is not a number not at all, and takes no markup from a name', () => {
    const steps = trained([Number.NaN, 1, Number.NaN]);
    const named = { name: '<script>"&', history: { loss: [1] } };
    const { svg } = historyPicture({}, { steps, beside: named, epochs: 2 });
    assert.ok(!/NaN|undefined|Infinity|<script/.test(svg), svg);
    assert.ok(svg.includes('&#60;script&#62;&#34;&#38;'));
  });
});
