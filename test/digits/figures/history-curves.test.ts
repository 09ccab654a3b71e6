import assert from 'node:assert/strict';
import { historyCurves } from '../../../lib/digits/figures/history-curves';
import { StepMeans } from '../../../lib/digits/figures/step-means';
import { setLanguage } from '../../../lib/digits/language';

const history = {
  val_loss: [0.19, 0.14],
  val_sparse_categorical_accuracy: [0.94, 0.96],
  loss: [0.33, 0.15],
  sparse_categorical_accuracy: [0.9, 0.95],
};

interface Curve {
  x: number[];
  y: number[];
  name: string;
  xaxis: string;
  line: { color: string; dash: string };
}
const curves = (values: Record<string, number[]>) => historyCurves(values).data as Curve[];

describe('historyCurves', () => {
  afterEach(() => setLanguage('en'));

  it('draws loss and accuracy, training beside validation, over the epochs', () => {
    const drawn = curves(history).map(({ name, xaxis, x, y }) => [xaxis, name, x, y]);
    assert.deepEqual(drawn, [
      ['x', 'training', [1, 2], history.loss],
      ['x', 'validation', [1, 2], history.val_loss],
      ['x2', 'training', [1, 2], history.sparse_categorical_accuracy],
      ['x2', 'validation', [1, 2], history.val_sparse_categorical_accuracy],
    ]);
  });

  it('tells training and validation apart by colour and by dash', () => {
    const [training, validation] = curves(history);
    assert.notEqual(training?.line.color, validation?.line.color);
    assert.notEqual(training?.line.dash, validation?.line.dash);
  });

  it('speaks the language of the lesson', () => {
    setLanguage('zh');
    const { layout, data, text } = historyCurves(history);
    assert.deepEqual(
      (data as Curve[]).map(({ name }) => name),
      ['训练集', '验证集', '训练集', '验证集'],
    );
    assert.equal(layout.xaxis?.title?.text, '轮次');
    assert.deepEqual(
      layout.annotations?.map(({ text, xref }) => [text, xref]),
      [
        ['损失', 'x domain'],
        ['准确率', 'x2 domain'],
      ],
    );
    assert.match(text, /^训练过程中的损失和准确率\n/);
  });

  it('draws a loss alone over the whole width', () => {
    const figure = historyCurves({ loss: [1, 2, 3] });
    assert.equal(figure.data.length, 1);
    const [from = 1, to = 0] = figure.layout.xaxis?.domain ?? [];
    assert.ok(from <= 0.1 && to > 0.95);
  });

  it("can be read without being seen, by Keras's names", () => {
    assert.equal(
      historyCurves(history).text,
      'Loss and accuracy during training\nloss: 0.3300, 0.1500\nsparse_categorical_accuracy: 0.9000, 0.9500\n' +
        'val_loss: 0.1900, 0.1400\nval_sparse_categorical_accuracy: 0.9400, 0.9600',
    );
  });

  it('names a metric that is no accuracy by its own name', () => {
    const { layout } = historyCurves({ loss: [2, 1], meanAbsoluteError: [3, 2] });
    assert.equal(layout.annotations?.[1]?.text, 'mean_absolute_error');
    assert.equal(layout.yaxis2?.range?.[0], 0);
  });

  describe('with the steps and another run beside', () => {
    const steps = new StepMeans(['loss', 'sparse_categorical_accuracy'], 4, 2);
    // By TensorFlow.js's names, which a history of `model.fit` has.
    const beside = { name: 'the other', history: { loss: [0.4, 0.3], acc: [0.8], val_acc: [0.7] } };
    before(() => {
      for (const loss of [2, 1, 0.5, 0.4, 0.3, 0.2]) {
        steps.add({ loss, sparse_categorical_accuracy: 1 - loss / 10 });
      }
    });

    it('draws each in the panel of its measure, own points over the rest', () => {
      const figure = historyCurves(history, { steps, beside });
      const drawn = (figure.data as Curve[]).map(({ name, xaxis, y }) => [xaxis, name, y.length]);
      assert.deepEqual(drawn, [
        ['x', 'training, step', 6],
        ['x', 'the other', 2],
        ['x', 'training, epoch', 2],
        ['x', 'validation', 2],
        ['x2', 'training, step', 6],
        ['x2', 'the other', 1],
        ['x2', 'the other', 1],
        ['x2', 'training, epoch', 2],
        ['x2', 'validation', 2],
      ]);
    });

    it('stands the mean of an epoch in its middle, an interrupted one too, and validation at its end', () => {
      const { data } = historyCurves(history, { steps, beside });
      const [, other, training, validation] = data as Curve[];
      assert.deepEqual(other?.x, [0.5, 1.5]);
      assert.deepEqual(training?.x, [0.5, 1.25]);
      assert.deepEqual(validation?.x, [1, 2]);
    });

    it('names each kind once, this training first', () => {
      const { data } = historyCurves(history, { steps, beside });
      const named = (data as (Curve & { showlegend: boolean; legendrank: number })[])
        .filter(({ showlegend }) => showlegend)
        .sort((a, b) => a.legendrank - b.legendrank)
        .map(({ name }) => name);
      assert.deepEqual(named, ['training, step', 'training, epoch', 'validation', 'the other']);
    });

    it('ends the axes at what is seen, without the first high losses', () => {
      const high = new StepMeans(['loss'], 100, 1);
      for (let step = 0; step < 100; step++) high.add({ loss: step < 10 ? 100 : 0.4 });
      const { layout } = historyCurves({ loss: [] }, { steps: high });
      const top = Number(layout.yaxis?.range?.[1]);
      assert.ok(top > 0.5 && top < 0.52, String(top));
    });

    it('has room for all epochs of the other run', () => {
      const long = { history: { loss: [1, 1, 1, 1, 1] } };
      const end = Number(historyCurves(history, { steps, beside: long }).layout.xaxis?.range?.[1]);
      assert.ok(end > 5 && end < 5.2, String(end));
    });

    it('says it all in words', () => {
      assert.equal(
        historyCurves(history, { steps, beside }).text,
        [
          'Loss and accuracy during training',
          'loss, step by step: 2.0000 → 0.2000',
          'sparse_categorical_accuracy, step by step: 0.8000 → 0.9800',
          'loss: 0.3300, 0.1500',
          'sparse_categorical_accuracy: 0.9000, 0.9500',
          'val_loss: 0.1900, 0.1400',
          'val_sparse_categorical_accuracy: 0.9400, 0.9600',
          'For comparison: the other',
          'loss: 0.4000, 0.3000',
          'accuracy: 0.8000',
          'val_accuracy: 0.7000',
        ].join('\n'),
      );
    });

    it('stands without an epoch, and without a step', () => {
      const figure = historyCurves({ loss: [], val_loss: [] }, { steps });
      assert.deepEqual(
        (figure.data as Curve[]).map(({ name }) => name),
        ['training, step', 'training, step'],
      );
      const none = historyCurves({}, { steps: new StepMeans(['loss'], 4, 2) });
      assert.deepEqual(none.data, []);
      assert.match(none.text, /No step has been trained yet/);
    });
  });

  it('refuses a history without an epoch', () => {
    assert.throws(
      () => historyCurves({ loss: [] }),
      /at least one epoch of loss but received \["loss"\]/,
    );
    assert.throws(() => historyCurves({}), /RangeError/);
  });
});
