/**
 * The saved lesson teaches each item of `teaches.yml`. Each host shows the saved outputs, and
 * `hosts.ts` tests the random results.
 */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import type { Language } from '../../lib/digits/language';
import { displays, isCode, logOf, readNotebook, textOf } from '../../lib/publish/notebook';
import { languages, notebookFolder, stagesOf } from '../../lib/publish/source';
import { readData } from '../texts';

type Signs = { readonly [where in 'both' | Language]?: readonly string[] };

/** The items of each stage. */
const STAGES = readData<Record<string, Record<string, Signs>>>('notebooks/teaches.yml');

const TEN_NUMBERS = /\[\d+\.?\d*(e-\d+)?(\s*, *\d+\.?\d*(e-\d+)?){9}\s*\]/.source;

describe('the saved lesson teaches', () => {
  for (const language of languages) {
    /** The visible content of each stage: text, code, printed output, and figures in words. */
    const words: string[] = [];
    before(async () => {
      const notebook = await readNotebook(join(notebookFolder, `lesson.${language}.ipynb`));
      const stages = stagesOf(notebook);
      for (const [i, cell] of notebook.cells.entries()) {
        const outputs = isCode(cell)
          ? [logOf(cell), ...displays(cell).map(data => textOf(data['text/plain'] as string))]
          : [];
        const stage = stages[i]?.number ?? 0;
        words[stage] = [words[stage] ?? '', textOf(cell.source), ...outputs].join('\n');
      }
    });

    for (const [stage, items] of Object.entries(STAGES)) {
      for (const [what, { both = [], [language]: own = [] }] of Object.entries(items)) {
        it(`in stage ${stage}, in ${language}: ${what}`, () => {
          const missing = [...both, ...own].filter(sign => {
            const pattern = new RegExp(sign.replaceAll('{TEN}', TEN_NUMBERS), 'm');
            return !pattern.test(words[Number(stage)] ?? '');
          });
          assert.deepEqual(missing, []);
        });
      }
    }
  }
});
