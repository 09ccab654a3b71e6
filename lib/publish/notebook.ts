/** Types of Jupyter's notebook format 4.5, limited to the parts used by this project. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writeAll } from 'command/machine/files';
import { runPython } from 'lab/jupyter/jupyter';

/** Text that the format allows as one string or as a list of lines. */
export type MultilineText = string | string[];

export type MimeBundle = Record<string, unknown>;

export type Output =
  | { output_type: 'stream'; name: 'stdout' | 'stderr'; text: MultilineText }
  | {
      output_type: 'display_data' | 'execute_result';
      data: MimeBundle;
      metadata: Record<string, unknown>;
    }
  | { output_type: 'error'; ename: string; evalue: string; traceback: string[] };

interface CellOf<Type extends string> {
  cell_type: Type;
  id: string;
  metadata: { tags?: string[]; [key: string]: unknown };
  source: MultilineText;
}

export interface CodeCell extends CellOf<'code'> {
  execution_count: number | null;
  outputs: Output[];
}

export type Cell = CellOf<'markdown' | 'raw'> | CodeCell;

export interface Notebook {
  cells: Cell[];
  metadata: Record<string, unknown> & { title?: string };
  nbformat: 4;
  nbformat_minor: number;
}

export const PLOTLY = 'application/vnd.plotly.v1+json';

export const textOf = (text: MultilineText): string =>
  typeof text === 'string' ? text : text.join('');

export const isCode = (cell: Cell): cell is CodeCell => cell.cell_type === 'code';

/** Returns a cell's displayed MIME bundles in order. */
export const displays = (cell: CodeCell): MimeBundle[] =>
  cell.outputs.flatMap(output => ('data' in output ? [output.data] : []));

export const logOf = (cell: CodeCell, name?: 'stdout' | 'stderr'): string =>
  cell.outputs
    .flatMap(output => (output.output_type === 'stream' ? output : []))
    .map(output => (output.name === (name ?? output.name) ? textOf(output.text) : ''))
    .join('');

export async function readNotebook(path: string): Promise<Notebook> {
  return JSON.parse(await readFile(path, 'utf8'));
}

/** Writes several notebooks atomically, in Jupyter's format, so saving in JupyterLab changes only edited cells. */
export async function writeNotebooks(notebooks: Readonly<Record<string, Notebook>>): Promise<void> {
  const script = [join(__dirname, 'as_jupyter_saves.py')];
  const texts = Object.entries(notebooks).map(
    async ([path, notebook]) => [path, await runPython(script, JSON.stringify(notebook))] as const,
  );
  writeAll(Object.fromEntries(await Promise.all(texts)));
}

export const writeNotebook = (path: string, notebook: Notebook): Promise<void> =>
  writeNotebooks({ [path]: notebook });
