/** Writes a notebook as slides that work without a network. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
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
  writeNotebook,
} from './notebook';
import { speakerNotes } from './slide-notes';
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
  const cells = slides.flatMap((slide, at) => {
    const [first, ...others] = slide;
    const slideshow = { slide_type: slideTypeOf(first), columns: columnsOf(slide) };
    const begin = { ...first, metadata: { ...first.metadata, slideshow } };
    return notes[at] ? [begin, ...others, noteCell(notes[at], at)] : [begin, ...others];
  });
  return { ...notebook, cells };
}

const noteCell = (source: string, slide: number): Cell => ({
  cell_type: 'markdown',
  id: `notes-${slide}`,
  metadata: { slideshow: { slide_type: 'notes' } },
  source,
});

/**
 * Tells for which output on the right the text of a slide leaves room: a figure, or something wider such
 * as a pad; for none if it shows no figure, several, or one of low rows.
 */
function columnsOf(cells: readonly Cell[]): 'figure' | 'wide' | undefined {
  const shown = cells.filter(isCode).filter(({ outputs }) => outputs.length > 0);
  if (shown.length !== 1) return undefined;
  const outputs = shown.flatMap(displays);
  if (outputs.some(data => !isFigure(data) && 'text/html' in data)) return 'wide';
  return outputs.some(isHighFigure) ? 'figure' : undefined;
}

const isFigure = (data: MimeBundle): boolean =>
  PLOTLY in data || Object.keys(data).some(type => type.startsWith('image/'));

/** In pixels; rows of pictures are lower, and want the whole width. */
const HIGH = 350;

function isHighFigure(data: MimeBundle): boolean {
  const { layout } = (data[PLOTLY] ?? {}) as { layout?: { height?: number } };
  return isFigure(data) && (layout?.height ?? HIGH) >= HIGH;
}

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
    const path = join(folder, 'slides.ipynb');
    await writeNotebook(path, withSlides(await readNotebook(notebook), guide));
    await exportHtml(path, page, language, 'slides');
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
