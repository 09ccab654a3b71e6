import assert from 'node:assert/strict';
import { oneStep } from '../../../lib/digits/figures/one-step';
import { setLanguage } from '../../../lib/digits/language';
import type { OneStep } from '../../../lib/digits/one-step';

const step: OneStep = {
  picture: {
    shape: [2, 2],
    pixels: Float32Array.of(0, 0.5, 1, 0),
    label: 1,
    probabilities: Float32Array.of(0.5, 0.25, 0.25),
    logitGradients: Float32Array.of(0.5, -0.75, 0.25),
  },
  samples: 64,
  loss: 2.3,
  gradients: [],
  weight: {
    input: 28,
    digit: 3,
    fromPixel: false,
    value: 0.5,
    gradient: -0.08,
    curve: { values: [-1, 0.5, 2, 3.5, 5], losses: [2.5, 2.3, 2.2, 2.25, 2.4] },
  },
  learningRate: 0.5,
  parameters: 101770,
  path: { rates: [-0.2, 0, 0.5, 1, 2], losses: [2.7, 2.3, 1.8, 1.6, 1.9] },
  lossAfter: 1.8,
};
interface Trace {
  x: number[];
  y: number[];
  z: number[][];
  text: string[];
  yaxis: string;
}
interface Arrow {
  text: string;
  showarrow: boolean;
  x: number;
  y: number;
  ax: number;
  ay: number;
  xref: string;
}
const drawn = (of = step) => oneStep(of).data as unknown as Trace[];
const arrows = (of = step) =>
  (oneStep(of).layout.annotations as unknown as Arrow[]).filter(({ showarrow }) => showarrow);

describe('figures.oneStep', () => {
  afterEach(() => setLanguage('en'));

  it('shows the picture, and the probabilities beside the one-hot label', () => {
    const [picture, probabilities, label] = drawn();
    assert.deepEqual(picture?.z, [
      [0, 0.5],
      [1, 0],
    ]);
    assert.deepEqual(
      [probabilities?.y, label?.y],
      [
        [0.5, 0.25, 0.25],
        [0, 1, 0],
      ],
    );
  });

  it('shows their difference, with the way that each logit is pushed', () => {
    const [, , , gradient] = drawn();
    assert.deepEqual(gradient?.y, [0.5, -0.75, 0.25]);
    assert.deepEqual(gradient?.text, ['↓', '↑', '↓']);
  });

  it('shows the valley with its slope, and an arrow that leads down', () => {
    const [, , , , curve, tangent, here] = drawn();
    assert.deepEqual(curve?.y, step.weight.curve.losses);
    assert.deepEqual([here?.x, here?.y], [[0.5], [2.3]]);
    const [x = [], y = []] = [tangent?.x, tangent?.y];
    assert.ok(
      Math.abs((Number(y[1]) - Number(y[0])) / (Number(x[1]) - Number(x[0])) + 0.08) < 1e-3,
    );
    const [arrow] = arrows();
    assert.ok(arrow && arrow.x > arrow.ax && arrow.y < arrow.ay);
    const { title } = (oneStep(step).layout as { xaxis4: { title: { text: string } } }).xaxis4;
    assert.equal(title.text, 'Value of this weight; step: 0.04');
    const [back] = arrows({ ...step, weight: { ...step.weight, gradient: 0.08 } });
    assert.ok(back && back.x < back.ax && back.y < back.ay);
  });

  it('shows the step from the loss before to the loss after, long enough to be seen', () => {
    const [, arrow] = arrows();
    assert.deepEqual(
      [arrow?.ax, arrow?.ay, arrow?.x, arrow?.y, arrow?.xref],
      [0, 2.3, 0.5, 1.8, 'x5'],
    );
    for (const { x, ax, xref } of arrows()) {
      const { x: values } = drawn()[xref === 'x4' ? 4 : 7] as Trace;
      const axis = Math.max(...values) - Math.min(...values);
      assert.ok(Math.abs(x - ax) >= 0.08 * axis);
    }
  });

  it('says the same in words', () => {
    assert.equal(
      oneStep(step).text,
      [
        'One step of learning',
        '① The first of 64 pictures: label 1, p = 0.25, loss −ln p = 1.39',
        '② p − y is the gradient of the logits: that of 1 is −0.75, so push it up; all others down',
        '③ One weight alone, hidden unit 28 → digit 3: a valley; its slope here, −0.080, is the gradient',
        '④ All 101,770 parameters step, learning rate 0.5: loss 2.30 → 1.80, lower',
        'The curve of ③: from 2.50 down to 2.20, where the weight is 2.00, then up to 2.40',
        'The curve of ④: the lowest loss is 1.60, at a learning rate of 1; at 2 it is 1.90',
      ].join('\n'),
    );
    setLanguage('zh');
    assert.match(
      oneStep(step).text,
      /^一步学习\n① 共 64 张图，这是第一张：标签是 1，p = 0\.25.*\n.*推高；其余的压低\n.*神经元 28 → 数字 3.*\n④ 101\u202f770 个参数一起走一步，学习率 0\.5：损失 2\.30 → 1\.80，变小了/,
    );
  });

  it('draws in words what its headings say', () => {
    const { layout, text } = oneStep(step);
    for (const { text: heading } of layout.annotations ?? []) {
      if (/^[①-④]/.test(String(heading))) {
        assert.ok(text.includes(String(heading).replace('<br>', ' ')), String(heading));
      }
    }
  });

  it('owns that a step was too large', () => {
    const far = { ...step, learningRate: 50, lossAfter: 70 };
    assert.match(oneStep(far).text, /loss 2\.30 → 70\.00, not lower: too large a step/);
    setLanguage('zh');
    assert.match(oneStep(far).text, /没有变小：这一步太大了/);
  });

  it('writes a small step with as many decimals as show it', () => {
    const short = { ...step, learningRate: 0.001, loss: 2.4581, lossAfter: 2.4566 };
    assert.match(oneStep(short).text, /learning rate 0\.001: loss 2\.4581 → 2\.4566, lower/);
  });

  it('claims no valley, no way down and no last picture where there is none', () => {
    const curve = { values: [0, 1, 2], losses: [2, 1, 0] };
    const slope = { ...step, samples: 1, weight: { ...step.weight, curve } };
    assert.match(oneStep(slope).text, /① One picture: label 1/);
    assert.match(oneStep(slope).text, /the slope of the loss here, −0\.080, is the gradient/);
    assert.match(oneStep(slope).text, /from 2\.00 to 0\.00, with no bottom in sight/);
    assert.doesNotMatch(oneStep(slope).text, /valley/);
    const flat = { ...step, weight: { ...step.weight, gradient: 0 } };
    assert.equal(arrows(flat).length, 1);
    const sure = { ...step.picture, probabilities: Float32Array.of(1, 0, 0) };
    assert.match(oneStep({ ...step, picture: sure }).text, /p = 0\.00, loss −ln p > 87/);
  });

  it('takes a sample that is no picture', () => {
    const row = { ...step.picture, shape: [3], pixels: Float32Array.of(1, 2, 3) };
    assert.deepEqual(drawn({ ...step, picture: row })[0]?.z, [[1, 2, 3]]);
    const square = { ...step.picture, shape: [4] };
    assert.equal(drawn({ ...step, picture: square })[0]?.z.length, 2);
    const weight = { ...step.weight, fromPixel: true };
    assert.match(oneStep({ ...step, weight }).text, /pixel 28 → digit 3/);
  });
});
