import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../../lib/tools/project/paths';
import { type Cell, isCode, joined } from '../../lib/tools/publish/notebook';
import { notebookFolder, readSource, sourceNames } from '../../lib/tools/publish/source';
import { exerciseTexts } from '../exercise-texts';
import { textCell } from '../notebook';
import { readGlossary, termProblems } from './glossary';

const glossary = readGlossary(readFileSync(join(notebookFolder, 'GLOSSARY.md'), 'utf8'));

const text = (language: 'zh' | 'en', source: string): Cell =>
  textCell(source, { metadata: { tags: [language] } });

describe('glossary', () => {
  let sources: [name: string, source: Cell[]][];
  before(async () => {
    const read = async (name: string): Promise<[string, Cell[]]> => [
      name,
      await readSource(join(notebookFolder, `${name}.ts`)),
    ];
    sources = await Promise.all((await sourceNames()).map(read));
  });

  it('explains each term once, in both languages', () => {
    assert.ok(glossary.length >= 40, String(glossary.length));
    const terms = glossary.map(({ english }) => english.toLowerCase());
    assert.deepEqual(terms, [...new Set(terms)].sort());
    for (const { english, chinese, also, rivals, explained } of glossary) {
      assert.ok(chinese.length > 0 && also.length + rivals.length > 0, english);
      assert.match(explained[0], /^[A-Z].*[^.]\.$/, english);
      assert.match(explained[1], /[\u4e00-\u9fff].*。$/, english);
      const accepted = glossary.flatMap(term => term.chinese);
      assert.deepEqual(
        [...also, ...rivals].filter(word => accepted.includes(word)),
        [],
        english,
      );
    }
  });

  it('is what the notebooks hold to', () => {
    for (const [name, source] of sources) {
      assert.deepEqual(termProblems(source, glossary), [], name);
    }
  });

  it('holds the words of the checks too, and has no term that nothing uses', () => {
    const files = [...exerciseTexts('zh'), ...exerciseTexts('en')];
    const checks = files.map(file => readFileSync(join(projectRoot, file), 'utf8'));
    const notebooks = sources.flatMap(([, source]) => source.filter(cell => !isCode(cell)));
    const words = [...notebooks.map(cell => joined(cell.source)), ...checks].join('\n');
    for (const { english, rivals } of glossary) {
      assert.ok(words.toLowerCase().includes(english.toLowerCase()), `nothing uses "${english}"`);
      for (const rival of rivals) assert.ok(!checks.join('\n').includes(rival), rival);
    }
  });

  it('is linked from the exercises', () => {
    const [, cells] = sources.find(([name]) => name === 'exercises') as [string, Cell[]];
    const links = cells.filter(cell => joined(cell.source).includes('](GLOSSARY.md)'));
    assert.equal(links.length, 2);
  });
});

describe('the terms of a notebook', () => {
  const cases: [what: string, zh: string, en: string, problems: string[]][] = [
    [
      'are right where both languages use them',
      '训练两个轮次，损失下降。',
      'Two epochs; a loss.',
      [],
    ],
    [
      'are wrong where the glossary rejects a word',
      '隐藏层有 128 个神经元。',
      'The hidden layer has 128 units.',
      ['stage 8: "隐藏层" should be "隐含层"'],
    ],
    [
      'are wrong where the translation is another one',
      '一次循环就是看一遍，五次就够。',
      'One epoch is a pass. Five epochs are enough.',
      ['stage 8: "epoch" is not "轮次" or "轮"'],
    ],
    ['may be left out where they are said in passing', '看一遍。', 'One epoch.', []],
    [
      'are wrong where a new one is missing from the glossary',
      '这叫**动量**。',
      'This is **momentum**.',
      ['stage 8: "动量" is not in the glossary', 'stage 8: "momentum" is not in the glossary'],
    ],
    [
      'are not labels, numbers or code',
      '**结果**：共 **750 步**。`隐藏层` 与 **过拟合**。\n\n**怎样看**（实线）：\n\n**要不要展开？** 不要。',
      '**What came out**: **750 steps**. `epoch` `epoch`, **overfitting**.\n\n**How to read it**',
      [],
    ],
  ];
  for (const [what, zh, en, problems] of cases) {
    it(what, () => {
      const stage = [text('zh', `## 8 训练\n\n${zh}`), text('en', `## 8 Fit\n\n${en}`)];
      assert.deepEqual(termProblems(stage, glossary), problems);
    });
  }
});
