import assert from 'node:assert/strict';
import { join } from 'node:path';
import type { Language } from '../../lib/digits/language';
import {
  displays,
  isCode,
  joined,
  type Notebook,
  printed,
  readNotebook,
} from '../../lib/tools/publish/notebook';
import { notebookFolder, stagesOf } from '../../lib/tools/publish/source';
import { SOURCE_ROWS } from './source-rows';

/** What a reader of each stage sees: text, code, and what it printed and drew, in words. */
function byStage(notebook: Notebook): Map<number, string> {
  const stages = stagesOf(notebook);
  const seen = new Map<number, string>();
  for (const [i, cell] of notebook.cells.entries()) {
    const outputs = isCode(cell)
      ? [printed(cell), ...displays(cell).map(data => joined(data['text/plain'] as string))]
      : [];
    const stage = stages[i]?.number ?? 0;
    seen.set(stage, [seen.get(stage) ?? '', joined(cell.source), ...outputs].join('\n'));
  }
  return seen;
}

describe('the executed lesson', () => {
  for (const language of ['zh', 'en'] as const satisfies readonly Language[]) {
    describe(`in ${language}`, () => {
      let seen: Map<number, string>;
      before(async () => {
        seen = byStage(await readNotebook(join(notebookFolder, `lesson.${language}.ipynb`)));
      });

      for (const { stage, what, found, text } of SOURCE_ROWS) {
        it(`${stage}: ${what}`, () => {
          const patterns = [...found, ...(text?.[language] ?? [])];
          assert.ok(patterns.length > 0);
          const missing = patterns.filter(pattern => !pattern.test(seen.get(stage) ?? ''));
          assert.deepEqual(missing, []);
        });
      }
    });
  }

  it('has rows of its source for each stage', () => {
    for (let stage = 0; stage <= 10; stage++) {
      assert.ok(
        SOURCE_ROWS.some(row => row.stage === stage),
        String(stage),
      );
    }
  });
});
