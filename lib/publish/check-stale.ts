/** Checks whether the saved notebooks match their sources. */
import { join } from 'node:path';
import { filesBelow, relativeToCwd } from 'command/machine/files';
import { packageFolder } from 'command/machine/paths';
import { type Cell, isCode, type Notebook, readNotebook, textOf } from './notebook';
import { isWorksheet, languages, notebookOf, readSource } from './source';

/**
 * Compares `NAME.zh.ipynb` and `NAME.en.ipynb` with `NAME.ts`, and the code of both languages. Executes nothing;
 * `execute` checks outputs. Returns a line per problem.
 */
export async function findProblems(folder: string, name: string): Promise<string[]> {
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
  return [...problems, ...findLanguageProblems(source).map(problem => `${name}.ts ${problem}`)];
}

/** Returns the first cell of a saved notebook that differs from the built notebook, or was not executed in order. */
function difference(saved: Notebook, built: Notebook): string | undefined {
  const summaries = ({ cells }: Notebook, countOf: (cell: Cell) => unknown) =>
    cells.map(cell => {
      const { tags, slideshow } = cell.metadata;
      return JSON.stringify([cell.cell_type, textOf(cell.source), tags, slideshow, countOf(cell)]);
    });
  const actual = summaries(saved, cell => isCode(cell) && cell.execution_count);
  let count = 0;
  const expected = summaries(built, cell => isCode(cell) && (isWorksheet(built) ? null : ++count));
  const longer = actual.length > expected.length ? saved : built;
  const firstDifference = longer.cells.find((_, i) => actual[i] !== expected[i]);
  return (
    firstDifference &&
    `differs from its source from cell ${firstDifference.id} on: run "npm run notebooks"`
  );
}

/**
 * Returns problems of code cells for a single language. Such a cell must select the language, or differ only in
 * comments and strings from the other language's cell.
 */
export function findLanguageProblems(source: Cell[]): string[] {
  const [zh = [], en = []] = languages.map(language =>
    source.flatMap(cell =>
      isCode(cell) && cell.metadata.tags?.includes(language) ? textOf(cell.source).trim() : [],
    ),
  );
  const withoutLanguage = languages
    .filter((language, i) => ![zh, en][i]?.join().includes(`setLanguage('${language}');`))
    .map(language => `should have setLanguage('${language}'); as code for "${language}" alone`);
  const { cells } = notebookOf(source, 'zh');
  const differences = zh.flatMap((code, i) => {
    const [zhLines = [], enLines = []] = [code, en[i] ?? ''].map(comparedLines);
    const index = [...zhLines, ...enLines].findIndex((_, line) => zhLines[line] !== enLines[line]);
    if (index < 0) return [];
    const id = cells.find(cell => textOf(cell.source).trim() === code)?.id;
    const lines = `"${zhLines[index] ?? ''}" in zh and "${enLines[index] ?? ''}" in en`;
    return `has code for one language alone that differs by more than words in quotes and comments: ${lines}, in cell ${id}${describeExercise(code)}. Make the two alike.`;
  });
  return [...withoutLanguage, ...differences];
}

/** Returns the non-empty lines of code without comments and strings. */
const comparedLines = (code: string): string[] =>
  code
    .replace(/\/\/.*|'(?:[^'\\\n]|\\.)*'/g, part => (part.startsWith('/') ? '' : "''"))
    .split('\n')
    .map(line => line.trimEnd())
    .filter(Boolean);

/** Describes the exercise of a cell and its files, or returns an empty string for a cell of the source. */
function describeExercise(code: string): string {
  const [, id] = /^await check\('([\d.]+)'/m.exec(code) ?? [];
  if (!id) return '';
  const { exercises }: typeof import('digits/exercises') = require('digits/exercises');
  const texts = exercises.find(exercise => exercise.id === id)?.texts.zh;
  const folder = join(packageFolder('digits'), 'exercises');
  const files = filesBelow(folder).filter(path => path.endsWith('text.zh.ts'));
  const file = files.find(path => require(join(folder, path)).zh === texts) ?? '';
  return ` of exercise ${id}, from ${relativeToCwd(join(folder, file))} and text.en.ts`;
}
