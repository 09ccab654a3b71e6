import assert from 'node:assert/strict';
import { historyCurves } from '../../../lib/digits/figures/history-curves';
import { historyPicture } from '../../../lib/digits/figures/history-picture';
import { StepMeans } from '../../../lib/digits/figures/step-means';
import { setLanguage } from '../../../lib/digits/language';
import { notes, same, says, traces } from './support';

const history = {
  val_loss: [0.19, 0.14],
  val_sparse_categorical_accuracy: [0.94, 0.96],
  loss: [0.33, 0.15],
  sparse_categorical_accuracy: [0.9, 0.95],
};
// By TensorFlow.js's names, which a history of `model.fit` has.
const beside = { name: 'the other', history: { loss: [0.4, 0.3], acc: [0.8], val_acc: [0.7] } };

/** A training of two epochs of four steps that has come so far. */
function trained(losses: readonly number[]): StepMeans {
  const steps = new StepMeans(['loss', 'sparse_categorical_accuracy'], 4, 2);
  for (const loss of losses) steps.add({ loss, sparse_categorical_accuracy: 1 - loss / 10 });
  return steps;
}

describe('historyCurves', () => {
  it('draws loss and accuracy, training beside validation, over the epochs', () => {
    const figure = historyCurves(history);
    same(
      traces(figure).map(({ name, xaxis, x, y }) => [xaxis, name, x, y]),
      JSON.stringify([
        ['x', 'training', [1, 2], history.loss],
        ['x', 'validation', [1, 2], history.val_loss],
        ['x2', 'training', [1, 2], history.sparse_categorical_accuracy],
        ['x2', 'validation', [1, 2], history.val_sparse_categorical_accuracy],
      ]),
    );
    assert.equal(
      figure.text,
      'Loss and accuracy during training\nLoss: training 0.3300 → 0.1500; validation 0.1900 → 0.1400\n' +
        'Accuracy: training 0.9000 → 0.9500; validation 0.9400 → 0.9600',
    );
    assert.match(notes(figure)[1] ?? '', /^Accuracy <.*>from 0\.9</);
  });

  it('says when validation was best, and from when on training was better', () => {
    for (const [loss, val_loss, expected] of [
      [[0.4, 0.1, 0.2], [], 'Loss: training 0.4000 → 0.2000'],
      [
        [0.4, 0.2, 0.1, 0.05],
        [0.3, 0.15, 0.12, 0.2],
        'Loss: training 0.4000 → 0.0500; validation 0.3000 → 0.2000, best in epoch 3; from epoch 3 on training is better than validation',
      ],
      [
        [0.4],
        [0.5],
        'Loss: training 0.4000; validation 0.5000; from epoch 1 on training is better than validation',
      ],
    ] as const) {
      assert.equal(historyCurves({ val_loss, loss }).text.split('\n')[1], expected);
    }
  });

  it('draws steps and another run in the panel of their measure, small and on top', () => {
    const steps = trained([2, 1, 0.5, 0.4, 0.3, 0.2]);
    const figure = historyCurves(history, { steps, beside });
    const curves = traces(figure);
    assert.deepEqual(
      curves.map(({ name, xaxis, y }) => `${xaxis} ${name}: ${y.length}`),
      [
        ...['x training, step: 6', 'x training, epoch: 2', 'x validation: 2', 'x the other: 2'],
        ...['x2 training, step: 6', 'x2 training, epoch: 2', 'x2 validation: 2'],
        ...['x2 the other: 1', 'x2 the other: 1'],
      ],
    );
    // The mean of an epoch stands in its middle, an interrupted one too; validation at its end.
    same(
      curves.slice(1, 4).map(({ x }) => x),
      '[[0.5,1.25],[1,2],[0.5,1.5]]',
    );
    says(figure, /\nLoss, step by step: 2\.0000 → 0\.2000\n/);
    says(
      figure,
      /\nFor comparison: the other\nLoss: training 0\.4000 → 0\.3000\nAccuracy: training 0\.8000; validation 0\.7000; from epoch 1/,
    );
  });

  it('draws what there is of a training that was broken off', () => {
    const part = traces(historyCurves({}, { steps: trained([2]) }));
    assert.equal(part.map(({ name }) => name).join(), 'training, step,training, step');
    const none = historyCurves({}, { steps: trained([]) });
    assert.deepEqual(none.data, []);
    says(none, /No step has been trained yet/);
  });
});

const words = (svg: string) =>
  Array.from(svg.matchAll(/<text[^>]*>([^<]*)</g), ([, word = '']) => word.trim());

describe('historyPicture', () => {
  it('has its axes, legend and other run before the first step', () => {
    const empty = { loss: [], acc: [], val_loss: [], val_acc: [] };
    setLanguage('zh');
    const { svg } = historyPicture(empty, { steps: trained([]), beside, epochs: 2 });
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
