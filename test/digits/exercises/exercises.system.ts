/** Judges answers of all forms. */
import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs';
import { exercises } from '../../../lib/digits/exercises';
import { check, judge } from '../../../lib/digits/exercises/check';
import type { Exercise, ExerciseText } from '../../../lib/digits/exercises/judging/exercise';
import { overfitting } from '../../../lib/digits/exercises/overfitting/exercise';
import { useDevice } from '../../../lib/digits/index';
import { messages } from '../../../lib/digits/language';
import { compiledModel, printed } from '../../support';
import { answerOf, answers } from './answers';
import { said } from './support';

/** Answers that say nothing, and models that have learnt nothing. */
const blanks: Record<string, () => unknown> = {
  undefined: () => undefined,
  zero: () => 0,
  'a function that returns nothing': () => () => {},
  'a function that returns what it got': () => (given: unknown) => given,
  'an empty tensor': () => tf.tensor1d([]),
  'a model that was not trained': () => compiledModel(),
  'objects without content': () => [{}, {}, {}],
  'a history without epochs': () => ({ history: { loss: [], val_loss: [] } }),
};

/** Reasons that nothing here is given for, and why. */
const UNTRIED: Readonly<Record<string, object>> = {
  '8.3': { interrupted: 'a training that somebody interrupts at once' },
};

/** Makes a pattern of a reason of an exercise, or of those that all of them share. */
function saysReason(text: ExerciseText, name: string): RegExp {
  const { answers, models, ...shared } = messages().exercises;
  const all = {
    ...shared,
    ...answers,
    ...models,
    notFinite: text.notFinite,
    ...overfitting.texts.en.wrong,
    ...text.other,
    ...text.wrong,
  };
  const reason = (all as Record<string, unknown>)[name];
  assert.ok(reason, `no reason is named ${name}`);
  const parts = said(reason)
    .split('…')
    .map(part => part.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'));
  // Of a plural, the singular will do.
  return new RegExp(`${parts.join('[^]*').replace(/(layer|tensor|epoch)s\b/g, '$1s?')}$`);
}

describe('answers', function () {
  this.timeout(300_000);
  before(() => useDevice());

  for (const exercise of exercises) {
    const { id, texts, formulas } = exercise;
    const text = texts.en;
    const { right = [], wrong = {} } = answers[id] ?? {};

    describe(id, () => {
      it('are right in other forms', async () => {
        for (const answer of right) {
          const given = await answerOf(exercise, answer);
          const { state, why } = await judge(exercise, given);
          assert.equal(state, 'right', `${JSON.stringify(answer)}: ${why}`);
          assert.notEqual((await exercise.figure?.(given))?.text, '');
        }
      });

      for (const [name, forms] of Object.entries(wrong)) {
        it(`are wrong for their reason: ${name}`, async () => {
          for (const answer of [forms].flat()) {
            const { state, why } = await judge(exercise, await answerOf(exercise, answer));
            assert.notEqual(state, 'right');
            assert.match(why, saysReason(text, name));
          }
        });
      }

      it('are wrong when they say nothing', async () => {
        for (const [name, answer] of Object.entries(blanks)) {
          const { state, why } = await judge(exercise, answer());
          assert.notEqual(state, 'right', name);
          assert.ok(why, name);
        }
      });

      it('have been tried for each reason', () => {
        const tried = { ...formulas, ...wrong, ...UNTRIED[id] };
        const untried = Object.keys(text.wrong).filter(name => !(name in tried));
        assert.deepEqual(untried, []);
      });
    });
  }

  it('may take their times from a coarse clock, which does not see a small product', async () => {
    const { now } = performance;
    performance.now = () => Math.floor(now.call(performance) / 20) * 20;
    const timing = exercises.find(({ id }) => id === '2.1') as Exercise;
    try {
      const answer = await answerOf(timing, {});
      assert.match(await printed(() => check('2.1', answer)), /^✓ 2\.1 .*: n = \d+: \d+ ms; /);
    } finally {
      performance.now = now;
    }
  });
});
