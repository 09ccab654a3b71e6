/** The hints for TypeScript's errors in a cell, in the installed kernel. */
import { deepEqual } from 'node:assert/strict';
import { type Language, setLanguage } from '../../../../lib/digits/language';
import { failedToCompile } from '../../../../lib/kernel/cell/errors/failed';
import { sources } from '../../../../lib/kernel/cell/errors/mend';
import { tables } from '../../../../lib/kernel/cell/language';
import { Compiler } from '../../../../lib/kernel/node/compiler/compiler';
import { hintCases, hintsIn } from './hint-cases';

/** The code of earlier cells. */
const ABOVE = `
  import * as tf from '@tensorflow/tfjs';
  import { divide, setLanguage } from 'digits';
  import mnist from 'mnist-data-loader';
  const [[trainImages, trainLabels]] = await mnist.loadData();
  const xTrain = divide(trainImages, 255);
  const yTrain = tf.tensor1d(trainLabels.data, 'int32');
  const model = tf.sequential();
  const labels = [1, 2, 3];
  let count = 0;
  async function later() { return [1, 2]; }`;

/** The hints below the errors and their positions. */
const below = (traceback: readonly string[]): string[] =>
  traceback.filter(line => /^ {4}(?! |at )/.test(line)).map(line => line.trim());

describe('hints for what TypeScript finds', function () {
  this.timeout(120_000);
  const compiler = new Compiler();
  before(async () => {
    deepEqual((await compiler.compile(ABOVE))?.diagnostics, []);
  });
  after(() => compiler.stop());

  for (const [cell, hints] of Object.entries(hintCases.found)) {
    it(JSON.stringify(cell), async () => {
      const { diagnostics = [] } = (await compiler.compile(cell)) ?? {};
      sources.set(1, cell);
      for (const [language, texts] of Object.entries(tables)) {
        setLanguage(language as Language);
        const { traceback } = failedToCompile(diagnostics, 1);
        deepEqual([language, ...below(traceback)], [language, ...hintsIn(texts, hints)]);
      }
    });
  }
});
