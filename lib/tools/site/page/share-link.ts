/** What a link carries of a notebook, packed into the part of an address behind `#`. */

export interface Cell {
  readonly id: string;
  readonly cell_type: 'code' | 'markdown' | 'raw';
  readonly source: string;
  /** Only of the site's own cells: a link carries neither metadata nor outputs. */
  readonly metadata?: object;
}

export interface Shared {
  /** The name of the notebook; of the site's own that it comes from, if it does. */
  readonly name: string;
  /** What the site's own notebook was when the link was made. */
  readonly original: string;
  /** The ids of cells that are as in the site's own notebook, and the others in full. */
  readonly parts: readonly (string | Cell)[];
}

/** The longest link that chats and browsers can be trusted with, in characters. */
export const LONGEST = 8_000;

const MARK = '#share=';

/** Lists what differs from the site's own notebook. */
export const partsOf = (cells: readonly Cell[], own: readonly Cell[]): Shared['parts'] =>
  cells.map(({ id, cell_type, source }) => {
    const twin = own.find(cell => cell.id === id);
    const isSame = twin?.cell_type === cell_type && twin.source === source;
    return isSame ? id : { id, cell_type, source };
  });

/**
 * Puts the cells together again.
 *
 * @throws Error if the site's own notebook has some of them no more, or what came is none.
 */
export const cellsOf = ({ parts }: Shared, own: readonly Cell[]): Cell[] =>
  parts.map(part => {
    const isOwn = typeof part === 'string';
    const twin = own.find(({ id }) => id === (isOwn ? part : part.id));
    const { id, cell_type, source } = (isOwn ? twin : part) ?? ({} as Cell);
    const isCell = /^(code|markdown|raw)$/.test(cell_type) && typeof source === 'string';
    if (!isCell) throw new Error(`no cell ${id}`);
    const run = cell_type === 'code' ? { outputs: [], execution_count: null } : {};
    return { id, cell_type, metadata: twin?.metadata ?? {}, source, ...run };
  });

/** Packs a notebook into the end of a link. */
export async function pack(shared: Shared): Promise<string> {
  const packed = new Blob([JSON.stringify(shared)])
    .stream()
    .pipeThrough(new CompressionStream('deflate'));
  const bytes = new Uint8Array(await new Response(packed).arrayBuffer());
  const data = Array.from(bytes, byte => String.fromCharCode(byte)).join('');
  return MARK + btoa(data).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

/**
 * Reads the end of a link; undefined if it shares nothing.
 *
 * @throws Error if some of it is missing or changed, which its checksum tells.
 */
export async function unpack(hash: string): Promise<Shared | undefined> {
  if (!hash.startsWith(MARK)) return undefined;
  if (hash.length > LONGEST) throw new Error('longer than any that the site makes');
  // A chat may end it with a full stop of its own.
  const [text = ''] = hash.slice(MARK.length).split('.');
  const data = text.replaceAll('-', '+').replaceAll('_', '/');
  const packed = (await fetch(`data:;base64,${data}`)).body as ReadableStream;
  return new Response(packed.pipeThrough(new DecompressionStream('deflate'))).json();
}
