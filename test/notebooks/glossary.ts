/** Holds a notebook's text to the glossary. */
import { type Cell, isCode, joined } from '../../lib/tools/publish/notebook';
import { notebookOf, stagesOf } from '../../lib/tools/publish/source';

export interface Term {
  readonly english: string;
  /** The Chinese words for it, any of which will do. */
  readonly chinese: readonly string[];
  /** Words of other textbooks for it, which the notebooks only quote. */
  readonly also: readonly string[];
  /** Chinese words that are wrong for it. */
  readonly rivals: readonly string[];
  /** In one line, in English and in Chinese. */
  readonly explained: readonly [string, string];
}

/** The rows of the glossary's table. */
export function readGlossary(markdown: string): Term[] {
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

/** What people read, without code, formulas and addresses. */
const prose = (text: string): string =>
  text.replace(/```[\s\S]*?```|`[^`]*`|\$[^$]*\$|\]\([^)]*\)/g, '');

/** The text of each stage. */
function textByStage(source: Cell[], language: 'zh' | 'en'): Map<string, string> {
  const notebook = notebookOf(source, language);
  const stages = stagesOf(notebook);
  const texts = new Map<string, string>();
  for (const [i, cell] of notebook.cells.entries()) {
    if (isCode(cell)) continue;
    const stage = String(stages[i]?.number);
    texts.set(stage, `${texts.get(stage) ?? ''}\n${prose(joined(cell.source))}`);
  }
  return texts;
}

const uses = (english: string, term: string): number =>
  english.match(new RegExp(`(?<![\\w-])${term}(s|es)?(?![\\w-])`, 'gi'))?.length ?? 0;

const names = (text: string, { english, chinese }: Term): boolean =>
  [english, ...chinese].some(word => text.toLowerCase().includes(word.toLowerCase()));

/**
 * What is wrong with the terms of a notebook, given by its source: a word that the glossary rejects,
 * or leaves to others; a term that a stage uses in English, twice at least, and does not have in
 * Chinese; a term set in bold that the glossary lacks.
 */
export function termProblems(source: Cell[], glossary: readonly Term[]): string[] {
  const [chinese, english] = [textByStage(source, 'zh'), textByStage(source, 'en')];
  const problems: string[] = [];
  for (const [stage, zh] of chinese) {
    const en = english.get(stage) ?? '';
    const unquoted = zh.replace(/“[^”]*”/g, '');
    for (const term of glossary) {
      const others = term.also.filter(word => /[\u4e00-\u9fff]/.test(word));
      for (const rival of [...term.rivals, ...others].filter(word => unquoted.includes(word))) {
        problems.push(`stage ${stage}: "${rival}" should be "${term.chinese[0]}"`);
      }
      if (uses(en, term.english) >= 2 && !names(zh, term)) {
        problems.push(`stage ${stage}: "${term.english}" is not "${term.chinese.join('" or "')}"`);
      }
    }
    for (const bold of [...boldTerms(zh), ...boldTerms(en)]) {
      if (!glossary.some(term => names(bold, term))) {
        problems.push(`stage ${stage}: "${bold}" is not in the glossary`);
      }
    }
  }
  return problems;
}

/** Bold words but for numbers, arrows and what opens a paragraph: its label, **Result**:, or question. */
function boldTerms(text: string): string[] {
  return text.split('\n').flatMap(line => {
    const label =
      /^(?:[>\s-]|\d+\.)*\*\*(?:[^*]+\*\*(?=[:：]|.*[:：]$|$)|[^*]+[?？]\*\*)/.exec(line)?.[0] ??
      '';
    return Array.from(line.slice(label.length).matchAll(/\*\*([^*]+)\*\*/g), ([, bold = '']) =>
      bold.trim(),
    ).filter(bold => !/^[\d\s.,%→]*(步|steps)?$/.test(bold));
  });
}
