/** The exercises and their solutions in the browser, with nothing installed. */
import assert from 'node:assert/strict';
import { exercises } from '../../lib/digits/exercises';
import type { Language } from '../../lib/digits/language';
import { serveSite } from '../tools/site/support';
import { asRun, checksOf, saved } from './hosts';
import { assertSameOutputs } from './same-outputs';

describe('The exercises on the site', function () {
  this.retries(1);
  const served = serveSite();

  /** Runs one of the notebooks, and expects this mark of each check. */
  async function expects(mark: string, name: string, language: Language) {
    const site = await served.open();
    await site.open(language, { name });
    const run = await asRun(name, language, await site.runAll());
    assert.deepEqual(
      checksOf(run).map(({ id, words }) => `${id} ${words[0]}`),
      exercises.map(({ id }) => `${id} ${mark}`),
    );
    return run;
  }

  for (const language of ['zh', 'en'] as const) {
    it(`wait for answers, in "${language}"`, () => expects('○', 'exercises', language));
  }

  // Their code is the same in English, and takes minutes.
  it('find every solution right', async () => {
    const run = await expects('✓', 'solutions', 'zh');
    assertSameOutputs(run, await saved('solutions', 'zh'));
  });
});
