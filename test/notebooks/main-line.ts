/** The main line of the lesson: the cells of the source without the optional parts. */
import type { Language } from '../../lib/digits/language';
import { readText } from '../texts';

interface SourceCell {
  readonly isText: boolean;
  /** The number of the stage, 0 before the first one. */
  readonly stage: number;
  readonly source: string;
}

/** Lists the cells of the main line that an installed lesson shows. */
export function mainLine(language: Language): SourceCell[] {
  const cells: SourceCell[] = [];
  let stage = 0;
  /** The heading level of the skipped optional part. */
  let optionalLevel = Number.POSITIVE_INFINITY;
  for (const cell of readText('notebooks/lesson.ts')
    .split(/^\/\/ %% ?/m)
    .slice(1)) {
    const [head = ''] = cell.split('\n', 1);
    const tags = Array.from(head.matchAll(/"(\w+)"/g), ([, tag = '']) => tag);
    if (tags.includes('site') || tags.includes(language === 'en' ? 'zh' : 'en')) continue;
    const isText = head.startsWith('[markdown]');
    const body = cell.slice(head.length + 1);
    const source = isText ? body.replace(/^\/\/ ?/gm, '') : body;
    const [, marks = '', number] = (isText && /^(#+) (?:(\d+) )?/.exec(source)) || [];
    if (marks && marks.length <= optionalLevel) optionalLevel = Number.POSITIVE_INFINITY;
    if (marks.length <= 2 && marks) stage = Number(number ?? (stage === 10 ? 11 : 0));
    if (tags.includes('optional')) optionalLevel = marks.length;
    if (optionalLevel === Number.POSITIVE_INFINITY) cells.push({ isText, stage, source });
  }
  return cells;
}
