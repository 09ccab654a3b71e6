/** Checks that a source has the cells of both languages in corresponding order. */
import type { Language } from 'digits/language';
import { Failure } from '../project/failure.mjs';

interface SourceCell {
  readonly line: number;
  /** The language of a cell that the other language does not show. */
  readonly language: string | undefined;
  /** Kind, other tags and level of the heading, such as `markdown subslide ##`. */
  readonly shape: string;
}

/** Reads what the lines that begin cells say, in jupytext's percent format. */
function readCells(text: string): SourceCell[] {
  const lines = text.split('\n');
  return lines.flatMap((marker, at) => {
    if (!/^\/\/ *%%/.test(marker)) return [];
    const [, list = ''] = /\btags=\[([^\]]*)\]/.exec(marker) ?? [];
    const tags = list.match(/[\w-]+/g) ?? [];
    const language = tags.find(tag => tag === 'zh' || tag === 'en');
    const kind = marker.includes('[markdown]') ? 'markdown' : 'code';
    const [, level] = /^\/\/ (#+) /.exec(lines[at + 1] ?? '') ?? [];
    const shape = [kind, ...tags.filter(tag => tag !== language).sort(), level];
    return { line: at + 1, language, shape: shape.filter(Boolean).join(' ') };
  });
}

/**
 * Checks that between two shared cells both languages have cells of the same kinds, tags and levels of
 * headings, in the same order. Otherwise a shared cell would come before its introduction in one language.
 *
 * @throws Failure that names the first cell without a counterpart.
 */
export function checkLanguageOrder(file: string, text: string): void {
  const cells: Record<Language, SourceCell[]> = { zh: [], en: [] };
  const end = { line: text.split('\n').length, language: undefined, shape: 'end' };
  for (const cell of [...readCells(text), end]) {
    if (cell.language) {
      cells[cell.language as Language].push(cell);
      continue;
    }
    const zh = cells.zh.splice(0);
    const en = cells.en.splice(0);
    const at = [...zh, ...en].findIndex((_, i) => zh[i]?.shape !== en[i]?.shape);
    if (at >= 0) throw new Failure(mismatch(file, at, zh[at], en[at], cell.line));
  }
}

function mismatch(file: string, at: number, zh?: SourceCell, en?: SourceCell, end = 0): string {
  const found = (cell?: SourceCell) => (cell ? `"${cell.shape}" (line ${cell.line})` : 'missing');
  return `${file}, line ${(zh ?? en)?.line}: Expected the cells of "zh" and "en" before the shared cell of line ${end} to correspond in order, kind, tags and level of heading, but number ${at + 1} of them is ${found(zh)} in "zh" and ${found(en)} in "en". Put the same cell there in both languages, or move the shared cell behind the cells of both.`;
}
