import assert from 'node:assert/strict';
import { guess, guesses, reveal } from '../../../lib/digits/guess/guess';
import { type GuessId, outcome, question, RULES } from '../../../lib/digits/guess/rules';
import { type Language, setLanguage, tables } from '../../../lib/digits/language';
import { printed } from '../../support';
import { readData } from '../../texts';
import { inNotebook } from '../notebook/support';

const ids = Object.keys(RULES) as GuessId[];

const { right: values, said } = readData<{
  readonly right: Partial<Record<GuessId, readonly (readonly unknown[])[]>>;
  readonly said: readonly { of: GuessId; given?: unknown[]; language?: Language; says: string }[];
}>('digits/guess/guess.yml');

describe('guesses', () => {
  beforeEach(() => setLanguage('en'));

  for (const id of ids) {
    it(`decides which option of ${id} is right, and says why`, () => {
      const { options } = question(id);
      const example = values[id];
      if (!example) return assert.ok(options[outcome(id, []).right]);
      assert.equal(example.length, options.length);
      const { why, otherwise } = question(id);
      assert.ok(otherwise);
      for (const [at, values] of example.entries()) {
        const { right, why: said, came } = outcome(id, values);
        assert.equal(right, at);
        assert.equal(said, right === RULES[id].usual ? why : otherwise);
        assert.match(came, /^The result: .*\d.*\.$/);
      }
    });
  }

  it('says what came out in the numbers of the run', () => {
    const came = (id: GuessId, ...values: unknown[]) => outcome(id, values).came;
    for (const { of, given = [], language = 'en', says } of said) {
      setLanguage(language);
      assert.match(came(of, ...given), new RegExp(says));
    }
    setLanguage('en');
    const history = { val_accuracy: [0.9473, 0.96], accuracy: [0.9, 0.98] };
    assert.equal(came('test', { history }, 0.97), came('test', 0.98, 0.97));
  });

  it('says of a value that is missing or strange what it should be, and throws nothing', async () => {
    const { noValue, otherValue } = tables.en.guesses;
    const { missing, pending } = tables.en.input;
    const loss = "reveal('first-loss', 2.3)";
    const share = "reveal('sorted', 0)";
    for (const [id, values, message] of [
      ['first-loss', [], noValue(loss, 0, Number.MAX_VALUE, missing('undefined'))],
      ['first-loss', [Number.NaN], noValue(loss, 0, Number.MAX_VALUE, otherValue('NaN'))],
      ['first-loss', [Promise.resolve(2)], noValue(loss, 0, Number.MAX_VALUE, pending)],
      ['sorted', [95.1], noValue(share, 0, 1, otherValue('95.1'))],
      ['sorted', [[0.9, 0.95]], noValue(share, 0, 1, otherValue('Array'))],
      ['test', [0.98], noValue("reveal('test', 0.98, 0.97)", 0, 1, missing('undefined'))],
      ['confused', [[1], [1]], tables.en.figures.worstMistakes.none],
      ['confused', [[1, 2], [1]], tables.en.input.unequalCounts(['2 labels', '1 prediction'])],
    ] as const) {
      const [output] = await inNotebook(() => reveal(id, ...values));
      assert.equal(output?.data['text/plain'], message);
    }
  });

  it('names the guesses there are if there is no such one', () => {
    const message = tables.en.guesses.unknownId('loss', ids.join(', '));
    for (const call of [guess, reveal]) {
      assert.throws(() => call('loss'), { name: 'RangeError', message });
      assert.throws(() => call('toString'), RangeError);
    }
  });

  it('prints questions and results outside a notebook, and asks without a script', async () => {
    const [output] = await inNotebook(() => guess('parameters'));
    assert.match(output?.data['text/html'] ?? '', /\?<\/b><br> {3}A\. 912<br>/);
    assert.match(await printed(() => guess('parameters')), /\?\n {3}A\. 912\n {3}B\. 100,352\n/);
    assert.match(
      await printed(() => reveal('division', 'left over')),
      /\?\nThe answer: Range and type/,
    );
    assert.match(await printed(guesses), /\? The answer: Range and type\. Bytes/);
  });
});
