/** The notebooks, and the checks of exercises, hold to the glossary. */
import assert from 'node:assert/strict';
import { isCode, type Notebook, textOf } from '../../lib/publish/notebook';
import { sourceNames, stagesOf } from '../../lib/publish/source';
import { notebookWith, textCell } from '../notebook';
import { exerciseTexts, readText } from '../texts';
import { saved } from './hosts';

interface Term {
  readonly english: string;
  /** The accepted Chinese words. */
  readonly chinese: readonly string[];
  /** Words of other textbooks, which the notebooks only quote. */
  readonly also: readonly string[];
  /** Wrong Chinese words. */
  readonly rivals: readonly string[];
  /** Definitions of one line, in English and in Chinese. */
  readonly explained: readonly [string, string];
}

/** The rows of the glossary's table. */
function readGlossary(markdown: string): Term[] {
  const [table = ''] = markdown.split('\n## ');
  const rows = table.split('\n').filter(line => line.startsWith('| '));
  return rows.slice(2).map(row => {
    const [, english = '', chinese, inEnglish = '', inChinese = '', also, rivals] = row
      .split('|')
      .map(cell => cell.trim());
    const list = (words = '') => words.split('、').filter(Boolean);
    const lists = { chinese: list(chinese), also: list(also), rivals: list(rivals) };
    return { english, ...lists, explained: [inEnglish, inChinese] };
  });
}

/** Texts for people, without code, formulas and addresses. */
const prose = (text: string): string =>
  text.replace(/```[\s\S]*?```|`[^`]*`|\$[^$]*\$|\]\([^)]*\)/g, '');

/** The text of each stage. */
function textByStage(notebook: Notebook): Map<string, string> {
  const stages = stagesOf(notebook);
  const texts = new Map<string, string>();
  for (const [i, cell] of notebook.cells.entries()) {
    if (isCode(cell)) continue;
    const stage = String(stages[i]?.number);
    texts.set(stage, `${texts.get(stage) ?? ''}\n${prose(textOf(cell.source))}`);
  }
  return texts;
}

const uses = (english: string, term: string): number =>
  english.match(new RegExp(`(?<![\\w-])${term}(s|es)?(?![\\w-])`, 'gi'))?.length ?? 0;

const names = (text: string, { english, chinese }: Term): boolean =>
  [english, ...chinese].some(word => text.toLowerCase().includes(word.toLowerCase()));

/** A notebook in Chinese and in English. */
type Pair = readonly [zh: Notebook, en: Notebook];

/**
 * Lists errors in the terms of a notebook: a word that the glossary rejects, or leaves to others; a
 * term that a stage uses in English, twice at least, and does not have in Chinese.
 */
function termProblems([zh, en]: Pair, glossary: readonly Term[]): string[] {
  const [chinese, english] = [textByStage(zh), textByStage(en)];
  const problems: string[] = [];
  for (const [stage, zh] of chinese) {
    const en = english.get(stage) ?? '';
    const unquoted = zh.replace(/“[^”]*”/g, '');
    for (const term of glossary) {
      const synonyms = term.also.filter(word => /[\u4e00-\u9fff]/.test(word));
      for (const rival of [...term.rivals, ...synonyms].filter(word => unquoted.includes(word))) {
        problems.push(`stage ${stage}: "${rival}" should be "${term.chinese[0]}"`);
      }
      if (uses(en, term.english) >= 2 && !names(zh, term)) {
        problems.push(`stage ${stage}: "${term.english}" is not "${term.chinese.join('" or "')}"`);
      }
    }
  }
  return problems;
}

const glossary = readGlossary(readText('notebooks/GLOSSARY.md'));

describe('glossary', () => {
  let notebooks: Pair[];
  before(async () => {
    const pair = async (name: string) =>
      [await saved(name, 'zh'), await saved(name, 'en')] as const;
    notebooks = await Promise.all((await sourceNames()).map(pair));
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
    assert.deepEqual(
      notebooks.flatMap(pair => termProblems(pair, glossary)),
      [],
    );
  });

  it('holds the words of the checks too, and has no term that nothing uses', () => {
    const files = [...exerciseTexts('zh'), ...exerciseTexts('en')];
    const checks = files.map(readText);
    const cells = notebooks.flat().flatMap(({ cells }) => cells.filter(cell => !isCode(cell)));
    const words = [...cells.map(cell => textOf(cell.source)), ...checks].join('\n');
    for (const { english, rivals } of glossary) {
      assert.ok(words.toLowerCase().includes(english.toLowerCase()), `nothing uses "${english}"`);
      for (const rival of rivals) assert.ok(!checks.join('\n').includes(rival), rival);
    }
  });

  it('rejects a word, or one that has another, but in code or said in passing', () => {
    const notebook = (text: string) => notebookWith(textCell(`## 8 Fit\n\n${text}`));
    const problemsOf = (zh: string, en: string) =>
      termProblems([notebook(zh), notebook(en)], glossary);
    assert.deepEqual(
      problemsOf('隐含层有 128 个神经元。一次循环就是看一遍。', 'One epoch. Five epochs.'),
      ['stage 8: "epoch" is not "轮次" or "轮"', 'stage 8: "隐含层" should be "隐藏层"'],
    );
    assert.deepEqual(problemsOf('`隐含层`，看一遍。', 'One epoch, `epoch`.'), []);
  });
});
