/** Parts of JupyterLab that the lesson has no use for and that would make the site a tenth larger. */
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/** Plugins that are switched off, so that nothing asks for the chunks below. */
export const SWITCHED_OFF = ['@jupyterlab/mermaid-extension'];

/** Marks of the chunks that those plugins load: Mermaid, which draws diagrams, and its layout ELK. */
const MARKS = [/mermaidAPI/, /org\.eclipse\.elk/];

/** Removes the chunks with these marks, and those that only they load. */
export function pruneChunks(folder: string): number {
  const chunks = readChunks(folder);
  const marked = MARKS.map(mark => {
    const found = chunks.filter(({ id, code }) => id && mark.test(code));
    if (found.length === 0) throw new Error(`Expected a chunk of JupyterLab with ${mark}.`);
    return found;
  });
  const before = reached(chunks, []);
  const after = reached(chunks, marked.flat());
  const left = chunks.filter(chunk => before.has(chunk) && !after.has(chunk));
  for (const { file } of left) rmSync(join(folder, file));
  return left.length;
}

interface Chunk {
  readonly file: string;
  /** Its number; the programs that a page begins with have none. */
  readonly id: string | undefined;
  readonly code: string;
  /** The numbers of the chunks that it loads. */
  readonly loads: readonly string[];
}

function readChunks(folder: string): Chunk[] {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return files
    .filter(file => file.endsWith('.js'))
    .map(file => {
      const code = readFileSync(join(folder, file), 'utf8');
      const loads = Array.from(code.matchAll(/\.e\("?(\d+)"?\)/g), ([, id]) => id ?? '');
      return { file, id: /^(\d+)\./.exec(file)?.[1], code, loads };
    });
}

/** Returns the chunks that the programs reach if some are closed. */
function reached(chunks: readonly Chunk[], closed: readonly Chunk[]): Set<Chunk> {
  const byId = new Map(chunks.map(chunk => [chunk.id, chunk]));
  const seen = new Set<Chunk>();
  const visit = (chunk: Chunk | undefined) => {
    if (!chunk || seen.has(chunk) || closed.includes(chunk)) return;
    seen.add(chunk);
    for (const id of chunk.loads) visit(byId.get(id));
  };
  for (const chunk of chunks) if (!chunk.id) visit(chunk);
  return seen;
}
