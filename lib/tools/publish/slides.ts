/** Writes a notebook as slides that work without a network. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Language } from 'digits/language';
import { exportPage } from './html';
import { type Cell, isCode, joined, type Notebook, readNotebook, writeNotebook } from './notebook';
import { heightOf, ROOM } from './slide-height';

/** As Jupyter's slideshow metadata has it: a section begins, a slide begins within it, or neither. */
export type SlideType = 'slide' | 'subslide' | '-';

/**
 * Tells what each cell begins: a heading (`#` or `##`) a section, other text a slide in it. Code stands
 * below the text that leads to it, or on a slide of its own where it would not fit. So its output is
 * seen first, and explained on the next slide.
 */
export function slideTypes(cells: Cell[]): SlideType[] {
  let filled = 0;
  return cells.map((cell, at) => {
    const height = heightOf(cell);
    if (at > 0 && isCode(cell) && filled + height <= ROOM) {
      filled += height;
      return '-';
    }
    filled = height;
    return at === 0 || beginsSection(cell) ? 'slide' : 'subslide';
  });
}

const beginsSection = (cell: Cell): boolean =>
  !isCode(cell) && /^##?[ \t]/.test(joined(cell.source));

/** Puts {@link slideTypes} into the cells' metadata, where nbconvert reads them. */
export function withSlides(notebook: Notebook): Notebook {
  const types = slideTypes(notebook.cells);
  const cells = notebook.cells.map((cell, at) => ({
    ...cell,
    metadata: { ...cell.metadata, slideshow: { slide_type: types[at] } },
  }));
  return { ...notebook, cells };
}

/**
 * Writes an executed notebook as self-contained slides, its figures drawn live by Plotly.
 *
 * @param notebook the path of an `.ipynb` file.
 * @param page the path of the `.html` file to write.
 * @param language of the notebook's text, for the page's `lang` and the names of its buttons.
 */
export async function exportSlides(
  notebook: string,
  page: string,
  language: Language,
): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'digits-slides-'));
  try {
    const marked = join(folder, 'slides.ipynb');
    await writeNotebook(marked, withSlides(await readNotebook(notebook)));
    await exportPage(marked, page, language, 'slides');
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
