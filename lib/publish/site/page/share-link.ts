/** Packs a notebook into the fragment of a link. */

export interface Cell {
  readonly id: string;
  readonly cell_type: 'code' | 'markdown' | 'raw';
  readonly source: string;
  /** Only for cells of the site's notebook: links contain neither metadata nor outputs. */
  readonly metadata?: object;
}

export interface Shared {
  readonly name: string;
  /** Digest of the site's notebook at the creation of the link. */
  readonly original: string;
  /** Ids of unchanged cells of the site's notebook, and complete other cells. */
  readonly parts: readonly (string | Cell)[];
}

/** Maximum characters of a link that chats and browsers handle reliably. */
export const MAX_LENGTH = 8_000;

/** Start of a link's fragment. */
export const MARK = '#share=';

/** Returns the differences to the site's notebook. */
export const diff = (cells: readonly Cell[], siteCells: readonly Cell[]): Shared['parts'] =>
  cells.map(({ id, cell_type, source }) => {
    const original = siteCells.find(cell => cell.id === id);
    const isSame = original?.cell_type === cell_type && original.source === source;
    return isSame ? id : { id, cell_type, source };
  });

/**
 * Reconstructs the cells. Unfolds changed cells and their sections, because learners must see code before they run it.
 * Throws if the site's notebook lacks a cell, or if the data are invalid.
 */
export function restoreCells({ parts }: Shared, siteCells: readonly Cell[]): Cell[] {
  let foldedHeading: { metadata?: object } = {};
  return parts.map(part => {
    const isReference = typeof part === 'string';
    const original = siteCells.find(({ id }) => id === (isReference ? part : part.id));
    const { id, cell_type, source } = (isReference ? original : part) ?? ({} as Cell);
    const isCell = /^(code|markdown|raw)$/.test(cell_type) && typeof source === 'string';
    if (!isCell) throw new Error(`no cell ${id}`);
    const run = cell_type === 'code' ? { outputs: [], execution_count: null } : {};
    const metadata = (isReference && original?.metadata) || {};
    const cell = { id, cell_type, metadata, source, ...run };
    if ('jp-MarkdownHeadingCollapsed' in metadata) foldedHeading = cell;
    if (!isReference) foldedHeading.metadata = {};
    return cell;
  });
}

/** Returns a link's fragment with a compressed notebook. */
export async function pack(shared: Shared): Promise<string> {
  const packed = new Blob([JSON.stringify(shared)])
    .stream()
    .pipeThrough(new CompressionStream('deflate'));
  const bytes = new Uint8Array(await new Response(packed).arrayBuffer());
  const data = Array.from(bytes, byte => String.fromCharCode(byte)).join('');
  return MARK + btoa(data).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

/** Returns a link's content, or `undefined` without a notebook. Throws if data are missing or corrupt. */
export async function unpack(hash: string): Promise<Shared | undefined> {
  if (!hash.startsWith(MARK)) return undefined;
  if (hash.length > MAX_LENGTH) throw new Error('longer than any that the site makes');
  // A chat may append a full stop.
  const [text = ''] = hash.slice(MARK.length).split('.');
  const data = text.replaceAll('-', '+').replaceAll('_', '/');
  const packed = (await fetch(`data:;base64,${data}`)).body as ReadableStream;
  return new Response(packed.pipeThrough(new DecompressionStream('deflate'))).json();
}
