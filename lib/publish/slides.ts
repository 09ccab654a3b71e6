/** Exports a notebook as offline slides. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, parse } from 'node:path';
import type { Language } from 'digits/language';
import { exportHtml } from './html';
import {
  type Cell,
  displays,
  isCode,
  type MimeBundle,
  type Notebook,
  PLOTLY,
  readNotebook,
  textOf,
  writeNotebook,
} from './notebook';
import { slideTypeOf } from './source';

/** Adds slide layouts and the speaker notes of a teachers' guide to a notebook. */
export function withSlides(notebook: Notebook, guide = ''): Notebook {
  const slides: [Cell, ...Cell[]][] = [];
  for (const cell of notebook.cells) {
    const previous = slides.at(-1);
    if (previous && !slideTypeOf(cell)) previous.push(cell);
    else slides.push([cell]);
  }
  const notes = speakerNotes(slides, guide);
  const cells = slides.flatMap((slide, index): Cell[] => {
    const [first, ...rest] = slide;
    const slideshow = { slide_type: slideTypeOf(first), columns: columnsOf(slide) };
    const content = [{ ...first, metadata: { ...first.metadata, slideshow } }, ...rest];
    const source = notes[index];
    if (!source) return content;
    const metadata = { slideshow: { slide_type: 'notes' } };
    return [...content, { cell_type: 'markdown', id: `notes-${index}`, metadata, source }];
  });
  return { ...notebook, cells };
}

/**
 * Returns the kind of output to show to the right of a slide's text: one figure, or something wider such as a pad.
 * Returns `undefined` for slides without figures, with several figures, or with one low figure.
 */
function columnsOf(cells: readonly Cell[]): 'figure' | 'wide' | undefined {
  const withOutputs = cells.filter(isCode).filter(({ outputs }) => outputs.length > 0);
  if (withOutputs.length !== 1) return undefined;
  const outputs = withOutputs.flatMap(displays);
  const isFigure = (data: MimeBundle) =>
    PLOTLY in data || Object.keys(data).some(type => type.startsWith('image/'));
  if (outputs.some(data => !isFigure(data) && 'text/html' in data)) return 'wide';
  // Rows of images are lower and need the full width.
  const isTall = (data: MimeBundle) => {
    const { layout } = (data[PLOTLY] ?? {}) as { layout?: { height?: number } };
    return isFigure(data) && (layout?.height ?? MIN_FIGURE_HEIGHT) >= MIN_FIGURE_HEIGHT;
  };
  return outputs.some(isTall) ? 'figure' : undefined;
}

const MIN_FIGURE_HEIGHT = 350; // pixels

/**
 * Exports an executed notebook as self-contained slides with interactive Plotly figures.
 *
 * @param guide the text of a teachers' guide, such as TEACHING.md, with the speaker notes
 */
export async function exportSlides(
  notebook: string,
  page: string,
  language: Language,
  guide?: string,
): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'digits-slides-'));
  try {
    const path = join(folder, `${parse(page).name}.ipynb`);
    await writeNotebook(path, withSlides(await readNotebook(notebook), guide));
    await exportHtml([path], dirname(page), language, 'slides');
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/**
 * Returns the guide's notes for each slide's section as Markdown, or an empty string. The guide has:
 *
 * - A list under a heading with the section's name. An item with a subheading in parentheses, such as `- **Ask**
 * (Step by step): …`, belongs to the slides of that subheading.\
 * - Rows of a plan, such as `| 7 | 4 Preprocessing | divide by 255 |`. A row without a section belongs to the next
 * named section, else to the previous.
 */
function speakerNotes(slides: readonly (readonly Cell[])[], guide: string): readonly string[] {
  const sections = slides.map(cells => headings(cells, '##?')[0]);
  const plan = planOf(guide, sections);
  const parts = new Set(slides.flatMap(cells => headings(cells, '###+')));
  let section = '';
  let part: string | undefined;
  return slides.map((cells, index) => {
    if (sections[index] !== undefined) [section, part] = [sections[index], undefined];
    part = headings(cells, '###+').at(-1) ?? part;
    const items = listUnder(section, guide);
    const specific = items.filter(item => part !== undefined && partOf(item) === part);
    const general = items.filter(item => !parts.has(partOf(item) ?? ''));
    return [...(plan.get(section) ?? []), ...specific, ...general].join('\n');
  });
}

/** Returns the headings of cells at the levels that `marks` matches, such as `###`. */
function headings(cells: readonly Cell[], marks: string): string[] {
  const text = cells.map(cell => (isCode(cell) ? '' : textOf(cell.source))).join('\n\n');
  const all = text.matchAll(RegExp(`^${marks}[ \\t]+(.+)$`, 'gm'));
  return Array.from(all, ([, title = '']) => title.trim());
}

function listUnder(title: string, guide: string): string[] {
  const [, ...sections] = guide.split(/^#+[ \t]+/m);
  const section = title && sections.find(text => text.split('\n', 1)[0]?.trim() === title);
  return section ? section.split('\n').filter(line => line.startsWith('- ')) : [];
}

const partOf = (item: string): string | undefined =>
  /^- \*\*[^*]+\*\*\s*[(（](.+?)[)）][:：]/.exec(item)?.[1];

/** Returns the rows of the guide's plans as list items, keyed by section. */
function planOf(guide: string, sections: readonly (string | undefined)[]) {
  const plan = new Map<string, string[]>();
  for (const [table] of guide.matchAll(/^\|.*\n\|[ :|-]+\n(?:\|[ \t]*\d+[ \t]*\|.*\n?)+/gm)) {
    const [head = [], , ...rows] = table.trim().split('\n').map(cellsOf);
    const sectionOfRow = rows.map(([, title]) => (sections.includes(title) ? title : undefined));
    for (const [index, [minutes, title, ...details]] of rows.entries()) {
      const section =
        sectionOfRow.slice(index).find(Boolean) ?? sectionOfRow.filter(Boolean).at(-1);
      if (section === undefined) break;
      const name = sectionOfRow[index] ? '' : ` (${title})`;
      const item = `- **${minutes} ${head[0]?.toLowerCase()}**${name}: ${details.join(', ')}`;
      plan.set(section, [...(plan.get(section) ?? []), item]);
    }
  }
  return plan;
}

const cellsOf = (row: string): string[] =>
  Array.from(row.split('|').slice(1, -1), cell => cell.trim());
