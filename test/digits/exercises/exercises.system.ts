import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs';
import { useDevice } from 'digits';
import mnist, { type Images } from 'mnist-data-loader';
import { exercises } from '../../../lib/digits/exercises';
import { check, judge } from '../../../lib/digits/exercises/check';
import { getLanguage, type Language, setLanguage } from '../../../lib/digits/language';
import { compiledModel, printed } from '../../support';
import { answersOf } from './answers';
import { tries } from './tries';

const CHINESE = /[\u4e00-\u9fff]/;

/** What the learner reads. */
async function told(id: string, answer: unknown, language: Language = 'en'): Promise<string> {
  setLanguage(language);
  return printed(() => check(id, answer));
}

type Formula = (...values: unknown[]) => unknown;

/** Makes answers of the formulas of exercises that do not take them as they are. */
const adapters: Record<string, (formula: Formula) => unknown> = {
  '3.1': async formula => {
    const [[, train], [, test]] = await mnist.loadData();
    return formula(train.data, test.data);
  },
  '4.1': formula => (images: Images) => tf.tensor3d(formula(images) as number[], images.shape),
  '4.3': formula => (x: tf.Tensor) => tf.tensor(formula(x.arraySync()) as number[]),
  '5.2':
    formula =>
    (...given: [tf.Tensor2D, tf.Tensor1D, tf.Tensor2D, tf.Tensor1D]) => {
      const [w1, , w2, b2] = given;
      const result = tf.tensor(formula(...given.map(tensor => tensor.arraySync())) as number[]);
      return result.rank === 2 ? [result, b2] : [w1.matMul(w2), result];
    },
};

/** Answers that say nothing, and models that have learnt nothing. */
const blanks: Record<string, () => unknown> = {
  undefined: () => undefined,
  null: () => null,
  NaN: () => Number.NaN,
  'an empty text': () => '',
  'an empty array': () => [],
  'an empty object': () => ({}),
  zero: () => 0,
  true: () => true,
  'a function that returns nothing': () => () => {},
  'a function that returns NaN': () => () => Number.NaN,
  'a function that returns 0': () => () => 0,
  'a function that returns what it got': () => (given: unknown) => given,
  'a function that fails': () => () => {
    throw new Error('no');
  },
  'an empty tensor': () => tf.tensor1d([]),
  'a tensor of zeros': () => tf.zeros([2, 3]),
  'a tensor of NaN': () => tf.fill([2, 3], Number.NaN),
  'a model without layers': () => tf.sequential(),
  'a model that was not trained': () => compiledModel(),
  'ten zeros': () => new Array(10).fill(0),
  'objects without content': () => [{}, {}, {}],
  'a history without epochs': () => ({ history: { loss: [], val_loss: [] } }),
  'a history of NaN': () => ({ history: { loss: [Number.NaN], val_loss: [Number.NaN] } }),
};

describe('exercises', function () {
  this.timeout(300_000);
  let language: Language;
  let right: Map<string, unknown>;
  let untouched: Map<string, unknown>;
  before(async () => {
    language = getLanguage();
    await useDevice();
    right = await answersOf('solutions');
    untouched = await answersOf('exercises');
  });
  after(() => setLanguage(language));

  it('are two at least for each of the ten stages, in order', () => {
    const stages = exercises.map(({ id }) => Number(id.split('.')[0]));
    for (let stage = 1; stage <= 10; stage++) {
      assert.ok(stages.filter(of => of === stage).length >= 2, `stage ${stage}`);
    }
    assert.deepEqual(
      stages,
      stages.slice().sort((a, b) => a - b),
    );
  });

  it('stand in the notebook, each with a solution', () => {
    const ids = exercises.map(({ id }) => id);
    assert.deepEqual([...untouched.keys()], ids);
    assert.deepEqual([...right.keys()], ids);
  });

  it('have three right answers of different form and eight wrong ones each, tried below', () => {
    assert.deepEqual(
      Object.keys(tries),
      exercises.map(({ id }) => id),
    );
    for (const { id, formulas = [] } of exercises) {
      const { right = [], wrong = [] } = tries[id] ?? {};
      assert.ok(right.length >= 3 && wrong.length + Object.values(formulas).flat().length >= 8, id);
    }
  });

  it('takes the times of a coarse clock, which does not see a small product', async () => {
    const { now } = performance;
    performance.now = () => Math.floor(now.call(performance) / 20) * 20;
    const timed = (n: number) => {
      const a = tf.ones<tf.Rank.R2>([n, n]);
      const start = performance.now();
      a.matMul(a).dataSync();
      return { products: n ** 3, ms: performance.now() - start };
    };
    try {
      assert.match(await printed(() => check('2.2', timed)), /^✓ 2\.2 .*n = \d+: \d+ ms; /);
    } finally {
      performance.now = now;
    }
  });

  for (const exercise of exercises) {
    const { id, texts } = exercise;
    describe(id, () => {
      it('fails the untouched cell with its first hint, and passes its solution', async () => {
        for (const language of ['en', 'zh'] as const) {
          const before = await told(id, untouched.get(id), language);
          assert.ok(before.startsWith(`✗ ${id} `), before);
          assert.ok(before.includes(texts[language].hints[0]), before);
          const after = await told(id, right.get(id), language);
          assert.ok(after.startsWith(`✓ ${id} `), after);
          assert.ok(after.length > `✓ ${id} Right. `.length + 5, after);
          for (const words of [before, after]) {
            assert.equal(CHINESE.test(words), language === 'zh', words);
          }
        }
      });

      if (exercise.formulas) {
        it('gives each formula that is taken for the right one its own reason', async () => {
          const { random } = Math;
          setLanguage('en');
          const each = Object.entries(exercise.formulas ?? {}).flatMap(([name, formulas]) =>
            [formulas].flat().map(formula => [name, formula] as const),
          );
          for (const [name, formula] of each) {
            // Whatever is drawn, be it always the same.
            // The same number always makes matrices of zeros.
            for (const draw of id === '5.2' ? [random] : [random, random, random, () => 0.5]) {
              Math.random = draw;
              const { state, why } = await judge(
                exercise,
                await (adapters[id]?.(formula as Formula) ?? formula),
              ).finally(() => {
                Math.random = random;
              });
              assert.equal(state, 'wrong', String(formula));
              assert.ok(why.endsWith(String(texts.en.wrong[name])), `${formula}: ${why}`);
            }
          }
        });
      }

      for (const { what, answer } of tries[id]?.right ?? []) {
        it(`takes a right answer of another form: ${what}`, async () => {
          const { state, why } = await judge(exercise, await answer(right));
          assert.equal(state, 'right', why);
        });
      }

      for (const { what, answer, says } of tries[id]?.wrong ?? []) {
        it(`knows the mistake: ${what}`, async () => {
          setLanguage('en');
          const { state, why } = await judge(exercise, await answer(right));
          assert.equal(state, 'wrong', why);
          assert.match(why, says);
        });
      }

      it('hints more plainly at the second wrong try', async () => {
        const [wrong] = tries[id]?.wrong ?? [];
        const first = await told(id, await wrong?.answer(right), 'zh');
        const second = await told(id, await wrong?.answer(right), 'zh');
        assert.ok(first.includes(texts.zh.hints[0]), first);
        assert.ok(second.includes(texts.zh.hints[1]), second);
      });

      it('is not passed by an empty answer', async () => {
        for (const [name, answer] of Object.entries(blanks)) {
          const { state, why } = await judge(exercise, answer());
          assert.notEqual(state, 'right', name);
          assert.ok(why, name);
        }
      });
    });
  }
});
