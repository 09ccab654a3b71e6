/** Turns one source in jupytext's percent format into a notebook in each language. */
import { readdir, readFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { filled } from 'digits/figures/captioned-grid';
import { type Language, tables } from 'digits/language';
import { LANGUAGE } from 'kernel/jupyter';
import { Failure } from '../project/failure.mjs';
import { relativeToCwd } from '../project/files';
import { runPython } from '../project/jupyter';
import { tables as toolTexts } from '../project/messages';
import { projectRoot } from '../project/paths';
import { checkLanguageOrder } from './language-order';
import { type Cell, isCode, joined, type Notebook } from './notebook';

export const languages: readonly Language[] = ['zh', 'en'];

/** Holds the sources and the notebooks made from them. */
export const notebookFolder = join(projectRoot, 'notebooks');

export async function sourceNames(folder = notebookFolder): Promise<string[]> {
  const files = await readdir(folder);
  return files.filter(file => /^[^.]+\.ts$/.test(file)).map(file => file.slice(0, -3));
}

/**
 * Reads a source such as `notebooks/lesson.ts`: its cells in both languages, tags and all. The
 * exercises stand behind the headings of their stages; the solutions have a beginning of their own,
 * and then what the exercises have, but for what is theirs alone.
 *
 * @throws an error that names the file and shows jupytext's own message if it cannot be read, or names the first
 * cell of one language that has no counterpart in the other.
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

/** Tags that say for which notebook a cell is; all have a cell without any. */
const SELECTING: readonly string[] = [...languages, 'installed', 'site'];
function withExercises(cells: readonly Cell[], part: Part): Cell[] {
  const all: Cell[] = [];
  for (const [i, cell] of cells.entries()) {
    if (cell.metadata.tags?.includes('note')) continue;
    all.push(cell);
    const stage = stageOf(cell)?.number;
    const next = cells[i + 1];
    // The heading of the other language comes first.
    const isLast = !next || stageOf(next)?.number !== stage;
    if (stage !== undefined && isLast) all.push(...exerciseCells(stage, part));
  }
  return all;
}

/** Which code a cell shows: what stands in it before the learner begins, or a right answer. */
type Part = 'starter' | 'solution';

/** Letters that fit into a line of a cell. */
const WIDTH = 76;

/** Makes the cells of a stage's exercises, as a source in both languages has them. */
function exerciseCells(stage: number, part: Part): Cell[] {
  // Only here, since it loads TensorFlow.js.
  const { exercises }: typeof import('digits/exercises') = require('digits/exercises');
  return exercises
    .filter(({ id }) => id.startsWith(`${stage}.`))
    .flatMap(({ id, level, answer, texts }) => {
      const words = languages.map(language => {
        const { title, task } = texts[language];
        const heading = `### ${id} ${title} ${'★'.repeat(level)}`;
        const source = part === 'starter' ? [heading, ...task].join('\n\n') : heading;
        return {
          ...{ cell_type: 'markdown' as const, id: '', source },
          metadata: { tags: [language] },
        };
      });
      const codes = languages.map(language => {
        const { reasoning, [part]: own } = texts[language];
        const comments = [
          `${id} ${tables[language].exercises.solutionTitle}`,
          ...filled(reasoning, WIDTH),
        ];
        const above = part === 'solution' ? comments.map(line => `// ${line}\n`) : [];
        return `${above.join('')}${own.trim()}\n\nawait check('${id}', ${answer});`;
      });
      const cells = new Set(codes).size === 1 ? codes.slice(0, 1) : codes;
      const checks = cells.map((source, i): Cell => {
        const metadata = {
          ...(cells.length > 1 && { tags: [languages[i] as string] }),
          ...(part === 'solution' && { jupyter: { source_hidden: true } }),
        };
        return { cell_type: 'code', id: '', metadata, source, execution_count: null, outputs: [] };
      });
      return [...words, ...checks];
    });
}

/**
 * Makes the notebook of one language and edition, not yet executed: the cells with their tags, and
 * those that all share. A cell tagged `subslide` begins a slide within its section; a heading tagged
 * `optional` says so, and is folded together with what stands below it.
 *
 * A cell's id counts within its stage (`stage-3-code-2`), so that an inserted cell changes the ids
 * of its own stage at most, and the same code has the same id in both languages.
 */
export function notebookOf(
  source: Cell[],
  language: Language,
  edition: 'installed' | 'site' = 'installed',
): Notebook {
  const own = source.filter(({ metadata: { tags = [] } }) =>
    tags.every(tag => !SELECTING.includes(tag) || tag === language || tag === edition),
  );

  let stage = 'intro';
  let count = { code: 0, text: 0 };
  const cells = own.map((cell): Cell => {
    const heading = stageOf(cell);
    if (heading) {
      stage = `stage-${heading.number}`;
      count = { code: 0, text: 0 };
    }
    const kind = isCode(cell) ? 'code' : 'text';
    const id = heading ? stage : `${stage}-${kind}-${++count[kind]}`;
    const { tags: all = [], ...others } = cell.metadata;
    const tags = all.filter(tag => ![...SELECTING, 'subslide'].includes(tag));
    const slide_type = slideTypeOf(cell);
    const metadata = {
      ...others,
      ...(tags.length > 0 && { tags }),
      ...(slide_type && { slideshow: { slide_type } }),
      // By this JupyterLab and Jupyter Notebook fold a heading.
      ...(isOptional(cell) && { 'jp-MarkdownHeadingCollapsed': true }),
    };
    const text = joined(cell.source);
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

/** @throws Failure if no heading begins the text: only a heading can be folded. */
function asOptional(text: string, language: Language): string {
  const [all = '', mark = '', title = ''] = /^(##+[ \t]+)(.*)/.exec(text) ?? [];
  if (all) return mark + toolTexts[language].publish.optional(title) + text.slice(all.length);
  throw new Failure(`Expected an optional part to begin with a heading, but found:\n${text}`);
}

/**
 * Tells whether a notebook is for the learner to fill in: a cell has the tag `worksheet`. It is executed
 * when it is built, to see that it runs, and saved without its outputs.
 */
export const isWorksheet = ({ cells }: Notebook): boolean =>
  cells.some(cell => cell.metadata.tags?.includes('worksheet'));

/**
 * Tells what a cell begins on the slides: a section with each heading of the first two levels, or a
 * slide within one, if its source or its saved metadata says so.
 */
export function slideTypeOf(cell: Cell): 'slide' | 'subslide' | undefined {
  const { cell_type, metadata, source } = cell;
  if (cell_type === 'markdown' && /^##?[ \t]/.test(joined(source))) return 'slide';
  const { slide_type } = (metadata.slideshow ?? {}) as { slide_type?: string };
  const begins = ['subslide', 'optional'].some(tag => metadata.tags?.includes(tag));
  return begins || slide_type === 'subslide' ? 'subslide' : undefined;
}

export interface Stage {
  /** As the heading gives it; 0 for what comes before the first. */
  readonly number: number;
  /** The heading's text, such as `3 Loading`. */
  readonly title: string;
}

/** Returns the stage that a cell opens: a Markdown cell that begins with `## 3 …`. */
export function stageOf(cell: Cell): Stage | undefined {
  if (isCode(cell)) return undefined;
  const [, title, number] = /^##[ \t]+((\d+)\b.*)/.exec(joined(cell.source)) ?? [];
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
  const texts = cells.flatMap(cell => (isCode(cell) ? [] : joined(cell.source)));
  return /^#[ \t]+(.+)$/m.exec(texts.join('\n'))?.[1]?.trim() ?? '';
}
