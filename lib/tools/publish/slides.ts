/** Writes a notebook as slides that work without a network. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, parse } from 'node:path';
import type { Language } from 'digits/language';
import { exportHtml } from './html';
import {
  type Cell,
  displays,
  isCode,
  joined,
  type MimeBundle,
  type Notebook,
  PLOTLY,
  readNotebook,
  writeNotebook,
} from './notebook';
import { slideTypeOf } from './source';

/** Adds to a notebook's slides how each is divided, and the notes that a teacher's guide has for it. */
export function withSlides(notebook: Notebook, guide = ''): Notebook {
  const slides: [Cell, ...Cell[]][] = [];
  for (const cell of notebook.cells) {
    const before = slides.at(-1);
    if (before && !slideTypeOf(cell)) before.push(cell);
    else slides.push([cell]);
  }
  const notes = speakerNotes(slides, guide);
  const cells = slides.flatMap((slide, at): Cell[] => {
    const [first, ...others] = slide;
    const slideshow = { slide_type: slideTypeOf(first), columns: columnsOf(slide) };
    const own = [{ ...first, metadata: { ...first.metadata, slideshow } }, ...others];
    const source = notes[at];
    if (!source) return own;
    const metadata = { slideshow: { slide_type: 'notes' } };
    return [...own, { cell_type: 'markdown', id: `notes-${at}`, metadata, source }];
  });
  return { ...notebook, cells };
}

/**
 * Tells for which output on the right the text of a slide leaves room: a figure, or something wider such
 * as a pad; for none if it shows no figure, several, or one of low rows.
 */
function columnsOf(cells: readonly Cell[]): 'figure' | 'wide' | undefined {
  const shown = cells.filter(isCode).filter(({ outputs }) => outputs.length > 0);
  if (shown.length !== 1) return undefined;
  const outputs = shown.flatMap(displays);
  const isFigure = (data: MimeBundle) =>
    PLOTLY in data || Object.keys(data).some(type => type.startsWith('image/'));
  if (outputs.some(data => !isFigure(data) && 'text/html' in data)) return 'wide';
  // Rows of pictures are lower, and want the whole width.
  const isHigh = (data: MimeBundle) => {
    const { layout } = (data[PLOTLY] ?? {}) as { layout?: { height?: number } };
    return isFigure(data) && (layout?.height ?? HIGH) >= HIGH;
  };
  return outputs.some(isHigh) ? 'figure' : undefined;
}

const HIGH = 350; // pixels

/**
 * Writes an executed notebook as self-contained slides, its figures drawn live by Plotly.
 *
 * @param guide the text of a guide for teachers such as TEACHING.md, which becomes the speaker's notes.
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
 * Returns for each slide what the guide says about its section of the notebook, as Markdown; an empty
 * text if it says nothing.
 *
 * - A list under a heading of the section's name. An item for one part of the section names that
 *   part's heading in brackets, `- **Ask** (Step by step): …`, and goes to the slides of that part.
 * - Rows of a plan, `| 7 | 4 Preprocessing | divide by 255 |`. One that names no section goes with
 *   the next that does, or else with the one before.
 */
function speakerNotes(slides: readonly (readonly Cell[])[], guide: string): readonly string[] {
  const sections = slides.map(cells => headings(cells, '##?')[0]);
  const plan = planOf(guide, sections);
  const parts = new Set(slides.flatMap(cells => headings(cells, '###+')));
  let section = '';
  let part: string | undefined;
  return slides.map((cells, at) => {
    if (sections[at] !== undefined) [section, part] = [sections[at], undefined];
    part = headings(cells, '###+').at(-1) ?? part;
    const items = listUnder(section, guide);
    const own = items.filter(item => part !== undefined && partOf(item) === part);
    const general = items.filter(item => !parts.has(partOf(item) ?? ''));
    return [...(plan.get(section) ?? []), ...own, ...general].join('\n');
  });
}

/** Lists the headings of cells whose marks match, such as `###`. */
function headings(cells: readonly Cell[], marks: string): string[] {
  const text = cells.map(cell => (isCode(cell) ? '' : joined(cell.source))).join('\n\n');
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

/** Returns the rows of the guide's plans as items of a list, by the section that they are for. */
function planOf(guide: string, sections: readonly (string | undefined)[]) {
  const plan = new Map<string, string[]>();
  for (const [table] of guide.matchAll(/^\|.*\n\|[ -|]+\n(?:\|[ \t]*\d+[ \t]*\|.*\n?)+/gm)) {
    const [head = [], , ...rows] = table.trim().split('\n').map(cellsOf);
    const named = rows.map(([, title]) => (sections.includes(title) ? title : undefined));
    for (const [at, [minutes, title, ...what]] of rows.entries()) {
      const to = named.slice(at).find(Boolean) ?? named.filter(Boolean).at(-1);
      if (to === undefined) break;
      const name = named[at] ? '' : ` (${title})`;
      const item = `- **${minutes} ${head[0]?.toLowerCase()}**${name}: ${what.join(', ')}`;
      plan.set(to, [...(plan.get(to) ?? []), item]);
    }
  }
  return plan;
}

const cellsOf = (row: string): string[] =>
  Array.from(row.split('|').slice(1, -1), cell => cell.trim());
