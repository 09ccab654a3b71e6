import assert from 'node:assert/strict';
import { quiz } from '../../../lib/digits/quiz/quiz';
import { printed } from '../../support';

describe('quiz', () => {
  it('prints the questions outside a notebook, with a key in the last line', async () => {
    const lines = (await printed(quiz)).split('\n');
    assert.deepEqual(lines.slice(1, 3), ['   A. −1.2', '   B. 1.2']);
    assert.equal(lines.at(-1), 'Answers: 1 C, 2 D, 3 A, 4 B, 5 A, 6 A, 7 B, 8 D, 9 C, 10 A');
  });
});
