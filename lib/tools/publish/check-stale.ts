/** Tells whether the saved notebooks are what their source makes them. */
import { join } from 'node:path';
import {
  type Cell,
  displays,
  isCode,
  joined,
  type Notebook,
  PLOTLY,
  printed,
  readNotebook,
} from './notebook';
import { isWorksheet, languages, notebookOf, readSource } from './source';

/**
 * Compares `NAME.zh.ipynb` and `NAME.en.ipynb` with `NAME.ts`, and their code with each other.
 * Nothing is executed.
 *
 * @returns a line for each thing that is wrong; none if the notebooks are fresh.
 */
export async function staleness(folder: string, name: string): Promise<string[]> {
  const source = await readSource(join(folder, `${name}.ts`));
  const problems = [];
  for (const language of languages) {
    const file = `${name}.${language}.ipynb`;
    const saved = await readNotebook(join(folder, file)).catch((error: Error) => error);
    const found =
      saved instanceof Error
        ? [`cannot be read: ${saved.message}`]
        : [...sourceProblems(saved, notebookOf(source, language)), ...outputProblems(saved)];
    problems.push(...found.map(problem => `${file} ${problem}`));
  }
  return [...problems, ...languageProblems(source).map(problem => `${name}.ts ${problem}`)];
}

function sourceProblems(saved: Notebook, built: Notebook): string[] {
  const essence = (cell?: Cell) => {
    const { tags, slideshow } = cell?.metadata ?? {};
    return cell && JSON.stringify([cell.cell_type, joined(cell.source), tags, slideshow]);
  };
  for (let i = 0; i < Math.max(saved.cells.length, built.cells.length); i++) {
    const [is, should] = [saved.cells[i], built.cells[i]];
    if (essence(is) !== essence(should)) {
      return [
        `differs from its source from cell ${(should ?? is)?.id} on: run "npm run notebooks"`,
      ];
    }
  }
  return [];
}

function outputProblems(notebook: Notebook): string[] {
  if (isWorksheet(notebook)) return worksheetProblems(notebook);
  const problems: string[] = [];
  for (const [i, cell] of notebook.cells.filter(isCode).entries()) {
    const code = joined(cell.source);
    if (cell.execution_count !== i + 1) {
      problems.push(`has cell ${cell.id} at count ${cell.execution_count}, expected ${i + 1}`);
    }
    if (/\bconsole\.log\(/.test(code) && printed(cell) === '') {
      problems.push(`has no output saved in cell ${cell.id}, which prints`);
    }
    const figures = displays(cell).filter(data => PLOTLY in data);
    if (/\bdisplay\(/.test(code) && figures.length === 0) {
      problems.push(`has no figure saved in cell ${cell.id}, which displays one`);
    }
    if (figures.some(data => !('image/png' in data))) {
      problems.push(`has no picture beside the figure of cell ${cell.id}`);
    }
  }
  return problems;
}

/** A worksheet is opened with nothing in it yet. */
const worksheetProblems = (notebook: Notebook): string[] =>
  notebook.cells
    .filter(isCode)
    .filter(cell => cell.outputs.length > 0 || cell.execution_count !== null)
    .map(cell => `has an output saved in cell ${cell.id}, in a notebook to be filled in`);

/** Code of one language alone chooses that language, or is the other's but for comments and words in quotes. */
function languageProblems(source: Cell[]): string[] {
  const own = (language: string) =>
    source
      .filter(cell => isCode(cell) && cell.metadata.tags?.includes(language))
      .map(cell => joined(cell.source).trim());
  const alike = (codes: string[]) =>
    codes.map(code => code.replace(/^\/\/.*\n/gm, '').replace(/'[^']*'/g, "''")).join('\n');
  const problems = languages
    .filter(language => !own(language).some(code => code.includes(`setLanguage('${language}');`)))
    .map(language => `should have setLanguage('${language}'); as code for "${language}" alone`);
  return alike(own('zh')) === alike(own('en'))
    ? problems
    : [
        ...problems,
        'has code for one language alone that differs by more than words in quotes and comments',
      ];
}
