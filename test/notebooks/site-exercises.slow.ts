/** The exercises and their solutions in the browser, with nothing installed. */
import assert from 'node:assert/strict';
import { exercises } from '../../lib/digits/exercises';
import {
  displays,
  isCode,
  joined,
  type MultilineText,
  type Notebook,
} from '../../lib/tools/publish/notebook';
import { closePages } from '../browser';
import { asRun, onSite, saved } from './hosts';
import { assertSameOutputs } from './same-outputs';

describe('The exercises on the site', function () {
  this.retries(1);
  const open = onSite();

  for (const language of ['zh', 'en'] as const) {
    describe(`in "${language}"`, () => {
      /** What each check says, by the exercise. */
      const told = (notebook: Notebook) =>
        notebook.cells.filter(isCode).flatMap(cell => {
          const [, id] = /check\('([\d.]+)'/.exec(joined(cell.source)) ?? [];
          const words = displays(cell).at(-1)?.['text/plain'] as MultilineText | undefined;
          return id ? [{ id, words: joined(words ?? '') }] : [];
        });
      const verdicts = (notebook: Notebook) =>
        told(notebook).map(({ id, words }) => `${id} ${words[0]}`);
      after(closePages);

      it('wait for answers', async () => {
        const site = await open(language, 'exercises');
        const run = await asRun('exercises', language, await site.runAll());
        assert.deepEqual(
          verdicts(run),
          exercises.map(({ id }) => `${id} ✗`),
        );
      });

      // Their code is the same in English, and takes minutes.
      if (language === 'en') return;
      it('find every solution right', async () => {
        const site = await open(language, 'solutions');
        const run = await asRun('solutions', language, await site.runAll());
        const wrong = told(run).filter(({ words }) => !words.startsWith('✓'));
        assert.deepEqual(wrong, []);
        assert.deepEqual(
          verdicts(run),
          exercises.map(({ id }) => `${id} ✓`),
        );
        assertSameOutputs(run, await saved('solutions', language));
      });
    });
  }
});
