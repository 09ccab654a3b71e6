import assert from 'node:assert/strict';
import { guessAgain } from '../../../lib/digits/guess/again';
import { note } from '../../../lib/digits/record/record';
import { printed } from '../../support';
import { inNotebook } from '../notebook/support';

describe('guessAgain', () => {
  it('asks only the questions whose guesses missed, with the right option of that run', async () => {
    assert.match(await printed(guessAgain), /^There is no guess to try again/);
    for (const event of [
      { g: 'shapes', o: 0 },
      { r: 'shapes', o: 0 },
      { g: 'first-loss', o: 0 },
      { r: 'first-loss', o: 3 },
      { g: 'tenfold', o: 2 },
      { g: 'no-such-guess', o: 1 },
      { r: 'no-such-guess', o: 0 },
    ]) {
      await note(event);
    }
    const words = await printed(guessAgain);
    assert.match(words, /^These guesses missed.*\n1\. A new network has learnt nothing/);
    assert.match(words, /1 D$/);
    assert.doesNotMatch(words, /shapes|2\. /);
    const [output] = await inNotebook(guessAgain);
    const html = output?.data['text/html'] ?? '';
    assert.equal(html.match(/<details/g)?.length, 4);
    assert.match(html, /✓[\s\S]*is no longer new/);
    assert.doesNotMatch(html, /data-digits-quiz/);
  });
});
