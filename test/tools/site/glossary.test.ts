import assert from 'node:assert/strict';
import { glossaryText } from '../../../lib/tools/site/glossary';

describe('the glossary of the website', () => {
  it('has a line a term, in the reader’s language first, and nothing for those who write', async () => {
    const [zh, en] = [await glossaryText('zh'), await glossaryText('en')];
    assert.match(zh, /^\| 损失 \| loss \| [^|]*。 \|$/m);
    assert.match(en, /^\| loss \| 损失 \| [^|]*\. \|$/m);
    for (const text of [zh, en]) {
      assert.ok(text.split('\n').filter(line => line.startsWith('| ')).length > 50);
      assert.doesNotMatch(text, /U\+202F/);
    }
  });
});
