/** Parts of small notebooks that tests make. */
import type { Cell, CodeCell, MimeBundle, Notebook, Output } from '../lib/publish/notebook';

type Rest = { readonly id?: string; readonly metadata?: Cell['metadata'] };

export const textCell = (source: string, { id = '', metadata = {} }: Rest = {}): Cell => ({
  cell_type: 'markdown',
  ...{ id, metadata, source },
});

export const codeCell = (
  source: string,
  outputs: Output[] = [],
  { id = '', metadata = {} }: Rest = {},
): CodeCell => ({
  cell_type: 'code',
  ...{ id, metadata, source, execution_count: outputs.length > 0 ? 1 : null, outputs },
});

export const displayOutput = (data: MimeBundle): Output => ({
  output_type: 'display_data',
  ...{ data, metadata: {} },
});

const kernelspec = { name: 'tslab', display_name: 'TypeScript', language: 'typescript' };

/** Creates a notebook for the lesson's kernel, with ids for cells that lack an id. */
export const notebookWith = (...cells: Notebook['cells']): Notebook => ({
  cells: cells.map((cell, i) => ({ ...cell, id: cell.id || `cell${i}` })),
  ...{ metadata: { kernelspec }, nbformat: 4, nbformat_minor: 5 },
});

/** A picture of one pixel, such as a notebook saves with a figure. */
export const PNG =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNkYAAAAAYAAjCB0C8AAAAASUVORK5CYII=';
