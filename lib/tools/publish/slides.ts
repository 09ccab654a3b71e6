/** Writes a notebook as slides that work without a network. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Language } from 'digits/language';
import { exportPage } from './html';
import { type Cell, isCode, joined, type Notebook, readNotebook, writeNotebook } from './notebook';
import { layOut } from './slide-layout';
import { type NotedSlide, speakerNotes } from './slide-notes';

/** Puts the notebook's slides into its cells' metadata, where nbconvert and our template read them. */
export function withSlides(notebook: Notebook, guide = ''): Notebook {
  const noted = speakerNotes(layOut(notebook.cells), guide);
  const ids = new Set<string>();
  const cells = noted.flatMap(marked).map((cell, at) => {
    const id = ids.has(cell.id) ? `part-${at}` : cell.id;
    ids.add(id);
    return { ...cell, id };
  });
  return { ...notebook, cells };
}

function marked({ begins, columns, cells, notes }: NotedSlide): Cell[] {
  const parts = joinedParts(cells);
  if (notes) parts.push({ cell_type: 'markdown', id: 'notes-1', metadata: {}, source: notes });
  return parts.map((cell, at) => {
    const type = at === 0 ? (begins ? 'slide' : 'subslide') : '-';
    const slide_type = notes && at === parts.length - 1 ? 'notes' : type;
    return {
      ...cell,
      metadata: { ...cell.metadata, slideshow: { slide_type, ...(columns && { columns }) } },
    };
  });
}

/** Makes one cell again of what was parted and came to the same slide. */
function joinedParts(cells: readonly Cell[]): Cell[] {
  const found: Cell[] = [];
  for (const cell of cells) {
    const before = found.at(-1);
    if (before && !isCode(cell) && before.id === cell.id) {
      const source = `${joined(before.source)}\n\n${joined(cell.source)}`;
      found[found.length - 1] = { ...cell, source };
    } else found.push(cell);
  }
  return found;
}

/**
 * Writes an executed notebook as self-contained slides, its figures drawn live by Plotly.
 *
 * @param notebook the path of an `.ipynb` file.
 * @param page the path of the `.html` file to write.
 * @param language of the notebook's text, for the page's `lang` and the names of its buttons.
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
    await exportPage(path, page, language, 'slides');
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
