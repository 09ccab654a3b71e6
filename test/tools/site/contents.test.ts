/** The site's own words stand for what the notebooks say. */
import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { readNotebook } from '../../../lib/tools/publish/notebook';
import { notebookFolder } from '../../../lib/tools/publish/source';
import { requireOtherWords } from '../../../lib/tools/site/steps/contents';

describe('the words that the site replaces', () => {
  it('stand in the notebooks, and a changed sentence is named', async () => {
    const names = readdirSync(notebookFolder).filter(name => name.endsWith('.ipynb'));
    const notebooks = await Promise.all(
      names.map(name => readNotebook(join(notebookFolder, name))),
    );
    requireOtherWords(notebooks);
    const text = JSON.stringify(notebooks).replaceAll('git restore', 'git checkout');
    assert.throws(
      () => requireOtherWords(JSON.parse(text)),
      /No notebook says any more: .*git restore/,
    );
  });
});
