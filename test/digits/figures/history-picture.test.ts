import assert from 'node:assert/strict';
import { historyCurves } from '../../../lib/digits/figures/history-curves';
import { historyPicture } from '../../../lib/digits/figures/history-picture';
import { StepMeans } from '../../../lib/digits/figures/step-means';
import { setLanguage } from '../../../lib/digits/language';

/** A training of two epochs of four steps that has come so far. */
function trained(losses: readonly number[]): StepMeans {
  const steps = new StepMeans(['loss', 'acc'], 4, 2);
  for (const loss of losses) steps.add({ loss, acc: 1 - loss / 2 });
  return steps;
}

const paths = (svg: string) => Array.from(svg.matchAll(/<path d="([^"]+)"/g), ([, d = '']) => d);
const words = (svg: string) => Array.from(svg.matchAll(/<text[^>]*>([^<]*)</g), ([, word]) => word);

/** The points of the steps' line in the panel of the loss, in thousandths of the panel. */
function line(losses: readonly number[]): number[][] {
  const { svg } = historyPicture({ loss: [] }, { steps: trained(losses), epochs: 2 });
  // The legend's samples come first; they begin at 0 0.
  const [d = 'M'] = paths(svg).filter(path => !path.startsWith('M0 0') && !path.includes('h0'));
  const numbers = d.slice(1).split(' ').map(Number);
  return losses.map((_, i) => numbers.slice(2 * i, 2 * i + 2));
}

describe('historyPicture', () => {
  afterEach(() => setLanguage('en'));

  it('draws the steps where they stand in the panel', () => {
    // Both axes are 2 long, with room of 2 % of that.
    const across = (epoch: number) => Math.round((1000 * epoch) / 2.04);
    const down = (loss: number) => 1000 - Math.round((1000 * loss) / 2.04);
    assert.deepEqual(line([2, 1]), [
      [across(0.125), down(2)],
      [across(0.375), down(1)],
    ]);
  });

  it('grows to the right, with what was drawn left in its place', () => {
    const [before, now] = [line([2, 1, 0.5]), line([2, 1, 0.5, 0.25])];
    assert.deepEqual(now.slice(0, 3), before);
    assert.ok(Number(now[3]?.[0]) > Number(before[2]?.[0]));
  });

  it('marks each epoch that is done, and joins those of the validation', () => {
    const marks = (history: Record<string, number[]>) =>
      paths(historyPicture(history, { steps: trained([2, 1, 1, 1]), epochs: 2 }).svg)
        .filter(d => /h0/.test(d) && !d.startsWith('M14 0'))
        .map(d => d.split('M').length - 1);
    assert.deepEqual(marks({ loss: [], val_loss: [] }), []);
    assert.deepEqual(marks({ loss: [1.2], val_loss: [0.8] }), [1, 1]);
    assert.deepEqual(marks({ loss: [1.2, 1], val_loss: [0.8, 0.7] }), [2, 2]);
  });

  it('has its axes, legend and other run before the first step', () => {
    const beside = { name: 'the other', history: { loss: [0.4, 0.3] } };
    const history = { loss: [], acc: [], val_loss: [], val_acc: [] };
    const { svg, text } = historyPicture(history, { steps: trained([]), beside, epochs: 2 });
    const shown = words(svg);
    for (const word of [
      ...['training, step', 'training, epoch', 'validation', 'the other'],
      ...['Loss', 'Accuracy', 'Epoch', '0', '1', '2', '0.5'],
    ]) {
      assert.ok(shown.includes(word), `${word} is not among ${shown.join(' | ')}`);
    }
    assert.match(text, /No step has been trained yet/);
  });

  it('shows no more than is given, and what is not a number not at all', () => {
    const { svg } = historyPicture({}, { steps: trained([Number.NaN, 1, Number.NaN]), epochs: 2 });
    assert.ok(!/NaN|undefined|Infinity/.test(svg), svg);
  });

  it('speaks the language of the lesson, in fonts that have its characters', () => {
    setLanguage('zh');
    const { svg } = historyPicture({ loss: [0.5], val_loss: [0.4] }, { steps: trained([1]) });
    const shown = words(svg);
    for (const word of ['训练集，每步', '训练集，每轮', '验证集', '损失', '准确率', '轮次']) {
      assert.ok(shown.includes(word), `${word} is not among ${shown.join(' | ')}`);
    }
    assert.match(svg, /font-family="SimHei, 'Noto Sans SC'/);
  });

  it('takes no markup from a name', () => {
    const beside = { name: '<script>"&', history: { loss: [1] } };
    const { svg } = historyPicture({ loss: [1] }, { beside });
    assert.ok(!svg.includes('<script'));
    assert.ok(svg.includes('&#60;script&#62;&#34;&#38;'));
  });

  it('shows the same series as the figure, in the same words', () => {
    const history = { loss: [0.5], acc: [0.8], val_loss: [0.4], val_acc: [0.9] };
    const options = { steps: trained([1, 0.5, 0.4, 0.3]), beside: { history } };
    const [picture, figure] = [historyPicture(history, options), historyCurves(history, options)];
    assert.equal(picture.text, figure.text);
    assert.equal(picture.height, figure.layout.height);
    for (const { name } of figure.data) assert.ok(words(picture.svg).includes(String(name)), name);
  });
});
