/** Builds a notebook in each language from one source in jupytext's percent format. */
import { readdir, readFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { relativeToCwd } from 'command/machine/files';
import { projectRoot } from 'command/machine/paths';
import { Failure } from 'command/output/failure.mjs';
import { tables as toolTexts } from 'command/output/messages';
import { filled } from 'digits/figures/captioned-grid';
import { type Language, tables } from 'digits/language';
import { LANGUAGE } from 'kernel/cell/jupyter';
import { runPython } from 'lab/jupyter/jupyter';
import { checkLanguageOrder } from './language-order';
import { type Cell, isCode, type Notebook, textOf } from './notebook';

export const languages: readonly Language[] = ['zh', 'en'];

export const notebookFolder = join(projectRoot, 'notebooks');

export async function sourceNames(folder = notebookFolder): Promise<string[]> {
  const files = await readdir(folder);
  return files.filter(file => /^[^.]+\.ts$/.test(file)).map(file => file.slice(0, -3));
}

/**
 * Reads a source such as `notebooks/lesson.ts`: the cells of both languages with their tags. Inserts exercises after
 * each stage of `exercises.ts`. `solutions.ts` starts with separate cells, followed by the cells of `exercises.ts`
 * except those tagged `worksheet`. Throws an error with the file name and jupytext's message if the source is
 * unreadable, or naming the first cell without a counterpart in the other language.
 */
export async function readSource(path: string): Promise<Cell[]> {
  const cells = await readCells(path);
  if (basename(path) === 'exercises.ts') return withExercises(cells, 'starter');
  if (basename(path) !== 'solutions.ts') return cells;
  const shared = (await readCells(join(dirname(path), 'exercises.ts'))).filter(
    cell => !cell.metadata.tags?.includes('worksheet'),
  );
  return [...cells, ...withExercises(shared, 'solution')];
}

async function readCells(path: string): Promise<Cell[]> {
  checkLanguageOrder(relativeToCwd(path), await readFile(path, 'utf8'));
  const jupytext = ['-m', 'jupytext', '--from', 'ts:percent', '--to', 'ipynb', '--output', '-'];
  return (JSON.parse(await runPython([...jupytext, path])) as Notebook).cells;
}

/** Tags that restrict a cell to some notebooks. Cells without these tags are shared. */
const SELECTOR_TAGS: readonly string[] = [...languages, 'installed', 'site'];

function withExercises(cells: readonly Cell[], part: Part): Cell[] {
  const result: Cell[] = [];
  for (const [i, cell] of cells.entries()) {
    if (cell.metadata.tags?.includes('note')) continue;
    result.push(cell);
    const stage = stageOf(cell)?.number;
    const next = cells[i + 1];
    // A stage has a heading per language: insert after the last cell of the stage.
    const isLast = !next || stageOf(next)?.number !== stage;
    if (stage !== undefined && isLast) result.push(...exerciseCells(stage, part));
  }
  return result;
}

/** Code shown in an exercise cell: the starter code or a correct answer. */
type Part = 'starter' | 'solution';

/** Maximum characters per comment line. */
const WIDTH = 76;

/** Returns the cells of a stage's exercises in both languages. */
function exerciseCells(stage: number, part: Part): Cell[] {
  // Loaded lazily, because exercises load TensorFlow.js.
  const { exercises }: typeof import('digits/exercises') = require('digits/exercises');
  return exercises
    .filter(({ id }) => id.startsWith(`${stage}.`))
    .flatMap(({ id, level, answer, texts }) => {
      const headings = languages.map(language => {
        const { title, task } = texts[language];
        const heading = `### ${id} ${title} ${'★'.repeat(level)}`;
        const source = part === 'starter' ? [heading, ...task].join('\n\n') : heading;
        return {
          ...{ cell_type: 'markdown' as const, id: '', source },
          metadata: { tags: [language] },
        };
      });
      const codes = languages.map(language => {
        const { reasoning, [part]: code } = texts[language];
        const comments = [
          `${id} ${tables[language].exercises.solutionTitle}`,
          ...filled(reasoning, WIDTH),
        ];
        const commentLines = part === 'solution' ? comments.map(line => `// ${line}\n`) : [];
        return `${commentLines.join('')}${code.trim()}\n\nawait check('${id}', ${answer});`;
      });
      const cells = new Set(codes).size === 1 ? codes.slice(0, 1) : codes;
      const checks = cells.map((source, i): Cell => {
        const metadata = {
          ...(cells.length > 1 && { tags: [languages[i] as string] }),
          ...(part === 'solution' && { jupyter: { source_hidden: true } }),
        };
        return { cell_type: 'code', id: '', metadata, source, execution_count: null, outputs: [] };
      });
      return [...headings, ...checks];
    });
}

/**
 * Returns the notebook of one language and edition without outputs: cells tagged for both, and shared cells. The tag
 * `subslide` starts a slide within a section. A heading tagged `optional` is marked as optional and collapsed with
 * its section.
 *
 * Cell ids count within a stage (`stage-3-code-2`), so an inserted cell changes only ids of its stage, and the same
 * code has the same id in both languages.
 */
export function notebookOf(
  source: Cell[],
  language: Language,
  edition: 'installed' | 'site' = 'installed',
): Notebook {
  const selected = source.filter(({ metadata: { tags = [] } }) =>
    tags.every(tag => !SELECTOR_TAGS.includes(tag) || tag === language || tag === edition),
  );

  let stage = 'intro';
  let count = { code: 0, text: 0 };
  const cells = selected.map((cell): Cell => {
    const heading = stageOf(cell);
    if (heading) {
      stage = `stage-${heading.number}`;
      count = { code: 0, text: 0 };
    }
    const kind = isCode(cell) ? 'code' : 'text';
    const id = heading ? stage : `${stage}-${kind}-${++count[kind]}`;
    const { tags: allTags = [], ...rest } = cell.metadata;
    const tags = allTags.filter(tag => ![...SELECTOR_TAGS, 'subslide'].includes(tag));
    const slide_type = slideTypeOf(cell);
    const metadata = {
      ...rest,
      ...(tags.length > 0 && { tags }),
      ...(slide_type && { slideshow: { slide_type } }),
      // JupyterLab and Jupyter Notebook collapse headings with this key.
      ...(isOptional(cell) && { 'jp-MarkdownHeadingCollapsed': true }),
    };
    const text = textOf(cell.source);
    const source = isOptional(cell) ? asOptional(text, language) : text;
    return { ...cell, id, metadata, source };
  });

  return {
    cells,
    metadata: {
      kernelspec: { display_name: 'TypeScript (tslab)', language: 'typescript', name: 'tslab' },
      language_info: LANGUAGE,
      title: titleOf(cells),
    },
    nbformat: 4,
    nbformat_minor: 5,
  };
}

const isOptional = ({ metadata }: Cell): boolean => metadata.tags?.includes('optional') ?? false;

/** @throws Failure unless the text starts with a heading, because only headings can be collapsed */
function asOptional(text: string, language: Language): string {
  const [prefix = '', mark = '', title = ''] = /^(##+[ \t]+)(.*)/.exec(text) ?? [];
  if (prefix) return mark + toolTexts[language].publish.optional(title) + text.slice(prefix.length);
  throw new Failure(`Expected an optional part to begin with a heading, but found:\n${text}`);
}

/** Returns whether a cell is tagged `worksheet`. Worksheets are executed as a test, but saved without outputs. */
export const isWorksheet = ({ cells }: Notebook): boolean =>
  cells.some(cell => cell.metadata.tags?.includes('worksheet'));

/**
 * Returns the slide type that a cell starts: a section for headings of the first two levels, or a slide within a
 * section if the source's tags or saved metadata request one.
 */
export function slideTypeOf(cell: Cell): 'slide' | 'subslide' | undefined {
  const { cell_type, metadata, source } = cell;
  if (cell_type === 'markdown' && /^##?[ \t]/.test(textOf(source))) return 'slide';
  const { slide_type } = (metadata.slideshow ?? {}) as { slide_type?: string };
  const hasTag = ['subslide', 'optional'].some(tag => metadata.tags?.includes(tag));
  return hasTag || slide_type === 'subslide' ? 'subslide' : undefined;
}

export interface Stage {
  /** Number in the heading; 0 before the first stage. */
  readonly number: number;
  /** Text of the heading, such as `3 Loading`. */
  readonly title: string;
}

/** Returns the stage that starts with a cell, a Markdown cell starting with `## 3 …`. */
export function stageOf(cell: Cell): Stage | undefined {
  if (isCode(cell)) return undefined;
  const [, title, number] = /^##[ \t]+((\d+)\b.*)/.exec(textOf(cell.source)) ?? [];
  return title === undefined ? undefined : { number: Number(number), title: title.trim() };
}

export function stagesOf(notebook: Notebook): Stage[] {
  let stage: Stage = { number: 0, title: notebook.metadata.title ?? '' };
  return notebook.cells.map(cell => {
    stage = stageOf(cell) ?? stage;
    return stage;
  });
}

function titleOf(cells: Cell[]): string {
  const texts = cells.flatMap(cell => (isCode(cell) ? [] : textOf(cell.source)));
  return /^#[ \t]+(.+)$/m.exec(texts.join('\n'))?.[1]?.trim() ?? '';
}
