import assert from 'node:assert/strict';
import { drawForwardPass } from '../../../lib/digits/figures/forward-pass-drawing';
import { setLanguage } from '../../../lib/digits/language';

const steps = {
  shape: [2, 2],
  input: Float32Array.of(0, 0.5, 1, 0),
  hidden: Float32Array.of(0, 3.25, 0),
  logits: Float32Array.of(-1, 2),
  probabilities: Float32Array.of(0.0474259, 0.9525741),
};
interface Trace {
  y: number[];
  z: number[][];
  text: string[];
  marker: { color: string[] };
}
const drawn = () => drawForwardPass(steps).data as unknown as Trace[];

describe('drawForwardPass', () => {
  afterEach(() => setLanguage('en'));

  it('goes from the picture to the row of its pixels, the activations, logits and probabilities', () => {
    const [picture, row, hidden, logits, probabilities] = drawn();
    assert.deepEqual(picture?.z, [
      [0, 0.5],
      [1, 0],
    ]);
    assert.deepEqual(row?.z, [[0, 0.5, 1, 0]]);
    assert.deepEqual(hidden?.y, [0, 3.25, 0]);
    assert.deepEqual(logits?.y, [-1, 2]);
    assert.deepEqual(probabilities?.y, [0.047426, 0.952574]);
  });

  it('writes the numbers over the logits and the probabilities', () => {
    assert.deepEqual(drawn()[3]?.text, ['−1.0', '2.0']);
    assert.deepEqual(drawn()[4]?.text, ['5%', '95%']);
  });

  it('sets the chosen digit apart', () => {
    for (const trace of drawn().slice(3)) {
      assert.deepEqual(trace.marker.color, ['#9a9a9a', '#0072B2']);
    }
  });

  it('says each step with its numbers, the softmax as a fraction', () => {
    assert.equal(
      drawForwardPass(steps).text,
      [
        '① 2 × 2 pixels: 4 numbers in a row, 2 of them not 0',
        '② 3 hidden activations: 2 are 0; unit 1 has the largest, 3.25',
        '③ 2 logits, positive or negative: digit 1 has the largest, 2.00',
        '④ softmax gives 2 probabilities, for digit 1: e^2.00 ÷ Σ e^z = 7.389 ÷ 7.757 = 95.26%',
      ].join('\n'),
    );
    const heading = drawForwardPass(steps).layout.annotations?.[3]?.text;
    assert.match(String(heading), /e<sup>2\.00<\/sup> ÷ Σ e<sup>z<\/sup> = 7\.389/);
  });

  it('leaves the fraction out where its numbers are beyond reading', () => {
    const far = { ...steps, logits: Float32Array.of(-900, 900) };
    assert.match(drawForwardPass(far).text, /for digit 1: 95\.26%$/);
  });

  it('speaks the language of the lesson', () => {
    setLanguage('zh');
    assert.match(drawForwardPass(steps).text, /^① 2 × 2 个像素.*\n② 隐含层的 3 个激活值：2 个是 0/);
  });
});
