import assert from 'node:assert/strict';
import { mock } from 'node:test';
import * as tf from '@tensorflow/tfjs';
import { check } from '../../../lib/digits/exercises/check';
import { settled } from '../../../lib/digits/exercises/judging/learner-code';
import { setLanguage } from '../../../lib/digits/language';
import { printed } from '../../support';
import { inNotebook } from '../notebook/support';

const told = (answer: unknown) => printed(() => check('6.1', answer));

const right = (inputs: number, units: number) => inputs * units + units;
const wrong = (inputs: number, units: number) => inputs * units;
const [EASY, PLAIN] = [
  /Hint: How many weights does one unit have/,
  /Hint: inputs \* units are the weights/,
];

describe('check', () => {
  beforeEach(() => told(right));

  it('says what is wrong, hints twice, then names the solution, and begins anew once it was right', async () => {
    const tries = [await told(wrong), await told(wrong), await told(wrong)] as const;
    for (const words of tries)
      assert.match(words, /^✗ 6\.1 Not yet\. 784 inputs.*only the weights/);
    assert.match(tries[0], EASY);
    assert.match(tries[1], PLAIN);
    assert.doesNotMatch(tries[1], /solution/);
    assert.match(tries[2], PLAIN);
    assert.match(tries[2], /The solution: solutions\.en\.ipynb, 6\.1$/);
    await told(right);
    assert.match(await told(wrong), EASY);
  });

  it('speaks the language of the notebook', async () => {
    setLanguage('zh');
    assert.equal(await told(undefined), '○ 6.1 等你作答。这里还没有答案。');
    assert.match(await told(wrong), /^✗ 6\.1 还不对。784 个输入.*漏了偏置/);
  });

  it('neither counts nor marks what is no try, and gives no hint', async () => {
    for (let i = 0; i < 3; i++) {
      assert.match(await told(() => {}), /^○ 6\.1 Your turn\. .* a return is missing\.$/);
    }
    assert.match(await told(wrong), EASY);
  });

  it('shows whatever is thrown, and shortens what is long', async () => {
    const throwing = (thrown: unknown) => () => {
      throw thrown;
    };
    assert.match(await told(throwing(Object.create(null))), /stopped with an error: object/);
    const { length } = await told(throwing(new Error('x'.repeat(1e6))));
    assert.ok(length < 2000, `${length}`);
  });

  it('gives up a promise that never settles, but not while something is computed', async () => {
    mock.timers.enable({ apis: ['setInterval'] });
    try {
      const endless = told(() => new Promise(() => {}));
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
    await assert.rejects(
      check('4.9', 1),
      /^RangeError: There is no exercise 4\.9\. There are: \d\.\d, /,
    );
  });

  it('shows the same in a notebook, where it wraps between words', async () => {
    const answer = () => {
      throw new Error('a < b & "c"');
    };
    const [shown, ...more] = await inNotebook(() => check('6.1', answer));
    assert.deepEqual(more, []);
    const { 'text/html': html = '', 'text/plain': words = '' } = shown?.data ?? {};
    assert.match(words, /^✗ 6\.1 Not yet\. .*Error: a < b & "c"\n {2}Hint: How many/);
    assert.match(html, /<b style="color: #d63a32">✗ 6\.1 Not yet\. <\/b>/);
    assert.match(html, /Error: a &#60; b &#38; &#34;c&#34;/);
    assert.match(html, />Hint: How many weights/);
  });

  it('shows the figure of an exercise that has one below a right answer, and only there', async () => {
    const counts = [5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949];
    const shown = async (baseline: number) =>
      (await inNotebook(() => check('3.1', { counts, baseline }))).map(
        ({ data }) => data['text/plain'],
      );
    assert.equal((await shown(0.1)).length, 1);
    assert.match(String((await shown(6742 / 60_000))[1]), /^Samples of each digit/);
  });
});
