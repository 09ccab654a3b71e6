import { doesNotThrow, throws } from 'node:assert/strict';
import { join } from 'node:path';
import { checkLanguageOrder } from '../../lib/publish/language-order';
import { sourceNames } from '../../lib/publish/source';
import { readData, readText } from '../texts';

type Case = { readonly cells: string[]; readonly found: readonly [line: number, ...string[]] };

/** Creates a cell of two lines from words. */
function cellOf(words: string): string {
  const tags = JSON.stringify(words.split(' ').filter(word => !/^(code|##)$/.test(word)));
  const kind = words.includes('code') ? '' : '[markdown] ';
  return `// %% ${kind}tags=${tags}\n// ${words.includes('##') ? '## ' : ''}Text`;
}

const check = (...cells: string[]) => checkLanguageOrder('lesson.ts', cells.map(cellOf).join('\n'));

describe('the cells of two languages', () => {
  it('correspond in all sources, and may alternate or stand in blocks', async () => {
    for (const name of await sourceNames()) {
      checkLanguageOrder(name, readText(join('notebooks', `${name}.ts`)));
    }
    doesNotThrow(() => check('zh', 'en', 'zh', 'en', 'code', 'zh', 'zh', 'en', 'en', 'code'));
  });

  const refused = readData<Record<string, Case>>('publish/language-order.yml');
  for (const [title, { cells, found }] of Object.entries(refused)) {
    it(`are refused with line and cure: ${title}`, () => {
      const [line, zh, en] = found;
      const parts = [
        `lesson.ts, line ${line}: Expected `,
        `is ${zh} in "zh" and ${en} in "en". Put`,
      ];
      throws(
        () => check(...cells),
        ({ message }: Error) => parts.every(part => message.includes(part)),
      );
    });
  }
});
