/** A fictitious class: the learners' lines, and notebooks with the same content. */
import { exercises } from '../../../lib/digits/exercises';
import { RULES } from '../../../lib/digits/guess/rules';
import { type LearnerRecord, learnerOf } from '../../../lib/digits/record/learner';
import type { Output } from '../../../lib/publish/notebook';
import { codeCell, displayOutput, notebookWith } from '../../notebook';

/** Names with commas, quotes, formulas, HTML and Chinese, and a duplicate name. */
export const NAMES = ['Lee, Ann', '"Pat" O’Neill', '=cmd|calc', '<b>Zoë</b>', '王小明', '王小明'];

const below = (count: number) => Math.floor(Math.random() * count);

function learner(at: number): LearnerRecord {
  const tries = exercises.flatMap(({ id: e, texts }) => {
    const names = ['', ...Object.keys(texts.en.wrong)];
    const tried = [1, 2, 3].slice(below(4));
    return tried.map(() =>
      below(2) ? { e, ok: 1 as const } : { e, m: `${names[below(names.length)]}` },
    );
  });
  const guesses = Object.keys(RULES).flatMap(id => [
    { g: id, o: below(3) },
    { r: id, o: below(2) },
  ]);
  const quiz = Array.from({ length: 10 }, (_, q) => ({ q, o: below(4) }));
  const id = (at + 0x1000_0000).toString(16);
  return { ...learnerOf(id, [...tries, ...guesses, ...quiz]), name: NAMES[at] ?? `Learner ${at}` };
}

export const classOf = (count: number) =>
  Array.from({ length: count }, (_, index) => learner(index));

/** Returns a saved notebook with these lines in the outputs. */
export const notebookOf = (lines: readonly string[], source = "await check('1.1', unit);") => {
  const outputs = lines.map(digits => ({
    ...displayOutput({ 'text/plain': '✓ 1.1' }),
    metadata: { digits },
  }));
  return JSON.stringify(notebookWith(codeCell(source, outputs as Output[])));
};
