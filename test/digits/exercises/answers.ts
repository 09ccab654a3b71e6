/** Makes answers to the exercises, as a cell of their notebook would. */
import * as tf from '@tensorflow/tfjs';
import { transform } from 'esbuild';
import mnist from 'mnist-data-loader';
import type { Exercise } from '../../../lib/digits/exercises/judging/exercise';
import { divide, evaluate, fit, predict } from '../../../lib/digits/index';
import type { FitOptions } from '../../../lib/digits/training/fit';
import { compiledModel } from '../../support';
import { readData } from '../../texts';

/** The code of a cell, or what is replaced in the solution, by what. */
type Answer = string | Readonly<Record<string, string>>;

interface Answers {
  readonly right?: readonly Answer[];
  /** By the name of the reason that it is wrong, in the texts of the exercise or of all exercises. */
  readonly wrong?: Readonly<Record<string, Answer | readonly Answer[]>>;
}

/** By the number of the exercise. What exercises judge by one function is tried in one of them. */
export const answers = readData<Record<string, Answers>>('digits/exercises/answers.yml');

/** What the preparation of the notebook makes; the model is trained on a part of the samples. */
async function prepared() {
  const mnistSet = await mnist.loadData();
  const [[trainX, trainY], [testX, testY]] = mnistSet;
  const [xTrain, xTest] = [divide(trainX, 255), divide(testX, 255)];
  const [yTrain, yTest] = [trainY, testY].map(({ data }) => tf.tensor1d(data, 'int32'));
  const quietly = (model: tf.LayersModel, x: tf.Tensor, y: tf.Tensor, options?: FitOptions) =>
    fit(model, x, y, { verbose: 0, write() {}, ...options });
  const model = compiledModel();
  const [x, y] = [xTrain.slice(0, 12_000), (yTrain as tf.Tensor).slice(0, 12_000)];
  await quietly(model, x, y, { batchSize: 64, epochs: 2 });
  const data = { mnistSet, trainX, trainY, testX, testY, xTrain, yTrain, xTest, yTest };
  const console = { log() {} };
  const functions = { divide, evaluate, fit: quietly, newModel: compiledModel, predict };
  return { tf, ...data, ...functions, model, console };
}

let notebook: ReturnType<typeof prepared> | undefined;

/** Runs the code of an answer, and returns what its cell hands to `check`. */
export async function answerOf({ texts, answer }: Exercise, given: Answer): Promise<unknown> {
  notebook ??= prepared();
  const scope = await notebook;
  let cell = typeof given === 'string' ? given : texts.en.solution;
  for (const [words, others] of typeof given === 'string' ? [] : Object.entries(given)) {
    if (!cell.includes(words)) throw new Error(`The solution has no ${words}:\n${cell}`);
    cell = cell.replaceAll(words, () => others);
  }
  const { code } = await transform(`async function cell() {${cell}\nreturn ${answer};\n}`, {
    loader: 'ts',
  });
  return new Function(...Object.keys(scope), `${code}; return cell();`)(...Object.values(scope));
}
