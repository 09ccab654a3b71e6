import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ORIGINAL_RUN } from '../../../lib/digits/figures/original-run';
import { setLanguage } from '../../../lib/digits/language';
import { projectRoot } from '../../../lib/tools/project/paths';

describe('ORIGINAL_RUN', () => {
  afterEach(() => setLanguage('en'));

  it("is the run in the lesson's tables, in both languages", () => {
    const lesson = readFileSync(join(projectRoot, 'notebooks', 'lesson.ts'), 'utf8');
    const { loss, sparse_categorical_accuracy, val_loss, val_sparse_categorical_accuracy } =
      ORIGINAL_RUN.history;
    for (let epoch = 0; epoch < 5; epoch++) {
      const row = [
        loss,
        sparse_categorical_accuracy,
        val_loss,
        val_sparse_categorical_accuracy,
      ].map(values => values?.[epoch]?.toFixed(4));
      const line = `// | ${epoch + 1} | ${row.join(' | ')} |`;
      assert.equal(lesson.split(line).length - 1, 2, line);
    }
  });

  it('has a name in each language', () => {
    assert.equal(ORIGINAL_RUN.name, 'the original tutorial');
    setLanguage('zh');
    assert.equal(ORIGINAL_RUN.name, '原教程');
  });
});
