import { doesNotThrow, throws } from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkLanguageOrder } from '../../../lib/tools/publish/language-order';
import { notebookFolder, sourceNames } from '../../../lib/tools/publish/source';

const ZH = '// %% [markdown] tags=["zh"]\n// 文字';
const EN = '// %% [markdown] tags=["en"]\n// Text';
const SHARED = '// %%\nrun();';
const check = (...cells: string[]) => checkLanguageOrder('lesson.ts', cells.join('\n'));

describe('the cells of two languages', () => {
  it('correspond in all sources, and may alternate or stand in blocks', async () => {
    for (const name of await sourceNames()) {
      doesNotThrow(() => check(readFileSync(join(notebookFolder, `${name}.ts`), 'utf8')));
    }
    doesNotThrow(() => check(ZH, EN, ZH, EN, SHARED, ZH, ZH, EN, EN, SHARED));
  });

  const refused: Record<string, [cells: string[], line: number, zh: string, en: string]> = {
    'a shared cell between cells of one language': [
      [ZH, SHARED, ZH, EN, EN],
      1,
      '"markdown" (line 1)',
      'missing',
    ],
    'a cell of one language alone': [[ZH, EN, EN], 5, 'missing', '"markdown" (line 5)'],
    'code before text': [
      [ZH, SHARED.replace('%%', '%% tags=["zh"]'), SHARED.replace('%%', '%% tags=["en"]'), EN],
      1,
      '"markdown" (line 1)',
      '"code" (line 5)',
    ],
    'another level of heading': [
      [ZH.replace('文', '## 文'), EN],
      1,
      '"markdown ##" (line 1)',
      '"markdown" (line 3)',
    ],
    'another tag': [
      [ZH, EN.replace('"en"', '"subslide", "en"')],
      1,
      '"markdown" (line 1)',
      '"markdown subslide" (line 3)',
    ],
    'a cell of both, which neither would show': [
      [ZH.replace('"zh"', '"zh", "en"')],
      1,
      '"markdown en" (line 1)',
      'missing',
    ],
  };
  for (const [title, [cells, line, zh, en]] of Object.entries(refused)) {
    it(`are refused with line and cure: ${title}`, () => {
      const found = `lesson\\.ts, line ${line}: Expected .* is ${zh} in "zh" and ${en} in "en"\\. Put `;
      throws(() => check(...cells), { message: RegExp(found.replaceAll(/[()]/g, '\\$&')) });
    });
  }
});
