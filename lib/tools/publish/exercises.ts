/** Makes the cells of the exercises, and of their solutions, from `lib/digits/exercises`. */
import { type Language, tables } from 'digits/language';
import type { Cell } from './notebook';

/** Which code a cell shows: what stands in it before the learner begins, or a right answer. */
export type Part = 'starter' | 'solution';

const LANGUAGES: readonly Language[] = ['zh', 'en'];

/** Makes the cells of a stage's exercises, as a source in both languages has them. */
export function exerciseCells(stage: number, part: Part): Cell[] {
  // Only here, since it loads TensorFlow.js.
  const { exercises }: typeof import('digits/exercises') = require('digits/exercises');
  return exercises
    .filter(({ id }) => id.startsWith(`${stage}.`))
    .flatMap(({ id, level, answer, texts }) => {
      const words = LANGUAGES.map(language => {
        const { title, task } = texts[language];
        const heading = `### ${id} ${title} ${'★'.repeat(level)}`;
        return markdown(language, part === 'starter' ? [heading, ...task] : [heading]);
      });
      const codes = LANGUAGES.map(language => {
        const { reasoning, [part]: own } = texts[language];
        const comments = [`${id} ${tables[language].exercises.solutionTitle}`, reasoning ?? []];
        const above = part === 'solution' ? comments.flat().map(line => `// ${line}\n`) : [];
        return `${above.join('')}${own.trim()}\n\nawait check('${id}', ${answer});`;
      });
      const cells = new Set(codes).size === 1 ? codes.slice(0, 1) : codes;
      return [
        ...words,
        ...cells.map((source, i) =>
          code(source, {
            ...(cells.length > 1 && { tags: [LANGUAGES[i] as string] }),
            ...(part === 'solution' && { jupyter: { source_hidden: true } }),
          }),
        ),
      ];
    });
}

const markdown = (language: Language, paragraphs: readonly string[]): Cell => ({
  cell_type: 'markdown',
  id: '',
  metadata: { tags: [language] },
  source: paragraphs.join('\n\n'),
});

const code = (source: string, metadata: Cell['metadata']): Cell => ({
  cell_type: 'code',
  ...{ id: '', metadata, source, execution_count: null, outputs: [] },
});
