import assert from 'node:assert/strict';
import { mock } from 'node:test';
import * as tf from '@tensorflow/tfjs';
import { check } from '../../../lib/digits/exercises/check';
import { settled } from '../../../lib/digits/exercises/judging/learner-code';
import { setLanguage } from '../../../lib/digits/language';
import { printed } from '../../support';
import { inNotebook } from '../notebook/support';

const resultOf = (answer: unknown) => printed(() => check('6.1', answer));
const throwing = (thrown: unknown) => () => {
  throw thrown;
};

const solution = (inputs: number, units: number) => inputs * units + units;
const wrong = (inputs: number, units: number) => inputs * units;
const EASY = /Hint: How many weights does one unit have/;
const PLAIN = /Hint: inputs \* units are the weights/;

describe('check', () => {
  beforeEach(() => resultOf(solution));

  it('says what is wrong, hints twice, then names the solution, and begins anew once it was right', async () => {
    const tries = [await resultOf(wrong), await resultOf(wrong), await resultOf(wrong)] as const;
    for (const words of tries)
      assert.match(words, /^✗ 6\.1 Not yet\. 784 inputs.*only the weights/);
    assert.match(tries[0], EASY);
    assert.match(tries[1], PLAIN);
    assert.doesNotMatch(tries[1], /solution/);
    assert.match(tries[2], PLAIN);
    assert.match(tries[2], /The solution: solutions\.en\.ipynb, 6\.1$/);
    await resultOf(solution);
    assert.match(await resultOf(wrong), EASY);
  });

  it('neither counts nor marks what is no try, gives no hint, and speaks the language of the notebook', async () => {
    for (let i = 0; i < 3; i++) {
      assert.match(await resultOf(() => {}), /^○ 6\.1 Your turn\. .* a return is missing\.$/);
    }
    assert.match(await resultOf(wrong), EASY);
    setLanguage('zh');
    assert.equal(await resultOf(undefined), '○ 6.1 等你作答。这里还没有答案。');
    assert.match(await resultOf(wrong), /^✗ 6\.1 还不对。784 个输入.*漏了偏置/);
  });

  it('fails the cell as well if that is asked for, unless the answer is right', async () => {
    await check('6.1', solution, { throws: true });
    await assert.rejects(check('6.1', wrong, { throws: true }), /only the weights/);
    await assert.rejects(check('6.1', undefined, { throws: true }), /no answer yet/);
  });

  it('shows whatever is thrown, shortened, and as HTML that wraps between words', async () => {
    assert.match(await resultOf(throwing(Object.create(null))), /stopped with an error: object/);
    const { length } = await resultOf(throwing(new Error('x'.repeat(1e6))));
    assert.ok(length < 2000, `${length}`);
    const answer = throwing(new Error('a < b & "c"'));
    const [result, ...more] = await inNotebook(() => check('6.1', answer));
    assert.deepEqual(more, []);
    const { 'text/html': html = '', 'text/plain': words = '' } = result?.data ?? {};
    assert.match(words, /^✗ 6\.1 Not yet\. .*Error: a < b & "c"\n {2}Hint: inputs/);
    assert.match(html, /<b style="color: #d63a32">✗ 6\.1 Not yet\. <\/b>/);
    assert.match(html, /Error: a &#60; b &#38; &#34;c&#34;.*>Hint: inputs/);
  });

  it('gives up a promise that never settles, but not while something is computed', async () => {
    mock.timers.enable({ apis: ['setInterval'] });
    try {
      const endless = resultOf(() => new Promise(() => {}));
      const settling = settled(new Promise(resolve => setTimeout(resolve, 50, 7)));
      for (let minute = 0; minute < 3; minute++) {
        await new Promise(resolve => setTimeout(resolve, 10));
        tf.tidy(() => tf.scalar(minute));
        mock.timers.tick(60_000);
      }
      assert.equal(await settling, 7);
      await new Promise(resolve => setTimeout(resolve, 10));
      mock.timers.tick(60_000);
      mock.timers.tick(60_000);
      assert.match(await endless, /For 60 seconds your code has neither ended nor computed/);
    } finally {
      mock.timers.reset();
    }
  });

  it('names the exercises where there is none of that number', async () => {
    const pattern = /^RangeError: There is no exercise 4\.9\. There are: \d\.\d, /;
    await assert.rejects(check('4.9', 1), pattern);
  });

  it('shows the figure of an exercise that has one below a right answer, and only there', async () => {
    const counts = [5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949];
    const outputsOf = (baseline: number) => inNotebook(() => check('3.1', { counts, baseline }));
    assert.equal((await outputsOf(0.1)).length, 1);
    const [, figure] = await outputsOf(6742 / 60_000);
    assert.match(String(figure?.data['text/plain']), /^Samples of each digit/);
  });
});
