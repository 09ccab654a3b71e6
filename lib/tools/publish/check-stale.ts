/** Tells whether the saved notebooks are what their source makes them. */
import { join } from 'node:path';
import { filesBelow, relativeToCwd } from '../project/files';
import { packageFolder } from '../project/paths';
import { type Cell, isCode, joined, type Notebook, readNotebook } from './notebook';
import { isWorksheet, languages, notebookOf, readSource } from './source';

/**
 * Compares `NAME.zh.ipynb` and `NAME.en.ipynb` with `NAME.ts`, and their code with each other.
 * Nothing is executed. What a run has to leave, such as the figures, is judged by `execute`.
 *
 * @returns a line for each thing that is wrong; none if the notebooks are fresh.
 */
export async function staleness(folder: string, name: string): Promise<string[]> {
  const source = await readSource(join(folder, `${name}.ts`));
  const problems: string[] = [];
  for (const language of languages) {
    const file = `${name}.${language}.ipynb`;
    const problem = await readNotebook(join(folder, file)).then(
      saved => difference(saved, notebookOf(source, language)),
      (error: Error) => `cannot be read: ${error.message}`,
    );
    if (problem) problems.push(`${file} ${problem}`);
  }
  return [...problems, ...languageProblems(source).map(problem => `${name}.ts ${problem}`)];
}

/** Says from which cell on a saved notebook is not what was built, and run from its first cell to its last. */
function difference(saved: Notebook, built: Notebook): string | undefined {
  const essences = ({ cells }: Notebook, countOf: (cell: Cell) => unknown) =>
    cells.map(cell => {
      const { tags, slideshow } = cell.metadata;
      return JSON.stringify([cell.cell_type, joined(cell.source), tags, slideshow, countOf(cell)]);
    });
  const is = essences(saved, cell => isCode(cell) && cell.execution_count);
  let count = 0;
  const should = essences(built, cell => isCode(cell) && (isWorksheet(built) ? null : ++count));
  const longer = is.length > should.length ? saved : built;
  const differing = longer.cells.find((_, i) => is[i] !== should[i]);
  return (
    differing && `differs from its source from cell ${differing.id} on: run "npm run notebooks"`
  );
}

/** Code of one language alone chooses that language, or is the other's but for comments and words in quotes. */
export function languageProblems(source: Cell[]): string[] {
  const [zh = [], en = []] = languages.map(language =>
    source.flatMap(cell =>
      isCode(cell) && cell.metadata.tags?.includes(language) ? joined(cell.source).trim() : [],
    ),
  );
  const unchosen = languages
    .filter((language, i) => ![zh, en][i]?.join().includes(`setLanguage('${language}');`))
    .map(language => `should have setLanguage('${language}'); as code for "${language}" alone`);
  const { cells } = notebookOf(source, 'zh');
  const differing = zh.flatMap((code, i) => {
    const [ours = [], theirs = []] = [code, en[i] ?? ''].map(comparedLines);
    const at = [...ours, ...theirs].findIndex((_, line) => ours[line] !== theirs[line]);
    if (at < 0) return [];
    const id = cells.find(cell => joined(cell.source).trim() === code)?.id;
    const lines = `"${ours[at] ?? ''}" in zh and "${theirs[at] ?? ''}" in en`;
    return `has code for one language alone that differs by more than words in quotes and comments: ${lines}, in cell ${id}${originOf(code)}. Make the two alike.`;
  });
  return [...unchosen, ...differing];
}

/** Returns the lines of code without comments and words. */
const comparedLines = (code: string): string[] =>
  code
    .replace(/\/\/.*|'(?:[^'\\\n]|\\.)*'/g, part => (part.startsWith('/') ? '' : "''"))
    .split('\n')
    .map(line => line.trimEnd())
    .filter(Boolean);

/** Returns the exercise of a cell and its files; an empty text for a cell of the source itself. */
function originOf(code: string): string {
  const [, id] = /^await check\('([\d.]+)'/m.exec(code) ?? [];
  if (!id) return '';
  const { exercises }: typeof import('digits/exercises') = require('digits/exercises');
  const texts = exercises.find(exercise => exercise.id === id)?.texts.zh;
  const folder = join(packageFolder('digits'), 'exercises');
  const files = filesBelow(folder).filter(path => path.endsWith('text.zh.ts'));
  const file = files.find(path => require(join(folder, path)).zh === texts) ?? '';
  return ` of exercise ${id}, from ${relativeToCwd(join(folder, file))} and text.en.ts`;
}
