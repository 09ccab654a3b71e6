/** The hints for what TypeScript finds in a cell, as the installed kernel hears it. */
import { deepEqual } from 'node:assert/strict';
import type { Converter, Diagnostic } from 'tslab/dist/converter';
import { type Language, setLanguage } from '../../../lib/digits/language';
import { failedToCompile } from '../../../lib/kernel/cells/failures';
import { lightHosts } from '../../../lib/kernel/compiler/light-programs';
import { withOwnTypeScript } from '../../../lib/kernel/compiler/override-modules';
import { failed } from '../../../lib/kernel/errors/failed';
import { hintFor } from '../../../lib/kernel/errors/hints';
import { tables } from '../../../lib/kernel/language';
import { hintCases, hintCasesWithoutColumns } from './hint-cases';

/** What the cells above have run. */
const ABOVE = `
  import * as tf from '@tensorflow/tfjs';
  import { divide, evaluate, fit, predict, setLanguage } from 'digits';
  import mnist from 'mnist-data-loader';
  const [[trainX, trainY]] = await mnist.loadData();
  const xTrain = divide(trainX, 255);
  const yTrain = tf.tensor1d(trainY.data, 'int32');
  const model = tf.sequential();
  const labels = [1, 2, 3];
  let count = 0;
  async function later() { return [1, 2]; }`;

/** What a learner reads below the errors and their places. */
const hintsIn = (traceback: readonly string[]): string[] =>
  traceback.filter(line => /^ {4}(?! |at )/.test(line)).map(line => line.trim());

describe('hints for what TypeScript finds', function () {
  this.timeout(120_000);
  let converter: Converter;
  let declared = '';
  before(async () => {
    withOwnTypeScript(ts => ({ createWatchCompilerHost: lightHosts(ts) }));
    const { createConverter } = await import('tslab/dist/converter');
    converter = createConverter({});
    declared = converter.convert('', ABOVE).declOutput ?? '';
  });
  after(() => converter.close());

  /** TypeScript is asked once for each cell. */
  const found = new Map<string, readonly Diagnostic[]>();
  function diagnosticsOf(cell: string): readonly Diagnostic[] {
    const diagnostics = found.get(cell) ?? converter.convert(declared, cell).diagnostics;
    found.set(cell, diagnostics);
    return diagnostics;
  }

  for (const [language, texts] of Object.entries(tables)) {
    describe(`in ${language}`, () => {
      beforeEach(() => setLanguage(language as Language));

      for (const [cell, hints] of Object.entries(hintCases(texts))) {
        it(JSON.stringify(cell), () => {
          const { traceback } = failedToCompile(diagnosticsOf(cell), 1, cell);
          deepEqual(hintsIn(traceback), hints);
        });
      }

      for (const [source, hints] of Object.entries(hintCasesWithoutColumns(texts))) {
        it(`${JSON.stringify(source)}, of which no column is known`, () => {
          const faults = diagnosticsOf(source).map(({ code, messageText: message, start }) => {
            const place = { cell: 1, line: start.line + 1, column: start.character, source };
            const error = { name: 'TypeScriptError', message, code, source, line: place.line };
            return { ...error, frames: [place], hint: hintFor(error) };
          });
          deepEqual(hintsIn(failed(...faults).traceback), hints);
        });
      }
    });
  }
});
