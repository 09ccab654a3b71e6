import assert from 'node:assert/strict';
import { historyCurves } from '../../lib/figures/history-curves';
import { setLanguage } from '../../lib/language';

const history = {
  val_loss: [0.19, 0.14],
  val_sparseCategoricalAccuracy: [0.94, 0.96],
  loss: [0.33, 0.15],
  sparseCategoricalAccuracy: [0.9, 0.95],
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
      ['x2', 'training', [1, 2], history.sparseCategoricalAccuracy],
      ['x2', 'validation', [1, 2], history.val_sparseCategoricalAccuracy],
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
    assert.deepEqual(layout.xaxis?.title, { text: '轮次' });
    assert.deepEqual(layout.yaxis2?.title, { text: '准确率' });
    assert.match(text, /^训练过程中的损失和准确率\n/);
  });

  it('draws a loss alone over the whole width', () => {
    const figure = historyCurves({ loss: [1, 2, 3] });
    assert.equal(figure.data.length, 1);
    assert.deepEqual(figure.layout.xaxis?.domain, [0, 1]);
  });

  it("can be read without being seen, by Keras's names", () => {
    assert.equal(
      historyCurves(history).text,
      'Loss and accuracy as training went on\nloss: 0.3300, 0.1500\nsparse_categorical_accuracy: 0.9000, 0.9500\n' +
        'val_loss: 0.1900, 0.1400\nval_sparse_categorical_accuracy: 0.9400, 0.9600',
    );
  });

  it('refuses a history without an epoch', () => {
    assert.throws(
      () => historyCurves({ loss: [] }),
      /at least one epoch of loss but received \["loss"\]/,
    );
    assert.throws(() => historyCurves({}), /RangeError/);
  });
});
