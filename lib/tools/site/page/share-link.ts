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
  /** Cells that are as in the site's own notebook, from one to another, by their ids; or a cell in full. */
  readonly parts: readonly ([first: string, last: string] | Cell)[];
}

/** The longest link that chats and browsers can be trusted with, in characters. */
export const LONGEST = 8_000;

const MARK = '#share=';

/** Lists what differs from the site's own notebook. */
export function partsOf(cells: readonly Cell[], own: readonly Cell[]): Shared['parts'] {
  const places = new Map(own.map(({ id }, place) => [id, place]));
  const parts: ([string, string] | Cell)[] = [];
  for (const { id, cell_type, source } of cells) {
    const place = places.get(id) ?? -1;
    const twin = own[place];
    const last = parts.at(-1);
    if (twin?.source !== source || twin.cell_type !== cell_type) {
      parts.push({ id, cell_type, source });
    } else if (Array.isArray(last) && places.get(last[1]) === place - 1) {
      last[1] = id;
    } else {
      parts.push([id, id]);
    }
  }
  return parts;
}

/**
 * Puts the cells together again.
 *
 * @throws Error if the site's own notebook has some of them no more, or what came is none.
 */
export function cellsOf({ parts }: Shared, own: readonly Cell[]): Cell[] {
  const placeOf = (wanted: string) => {
    const place = own.findIndex(({ id }) => id === wanted);
    if (place < 0) throw new Error(`no cell ${wanted}`);
    return place;
  };
  return parts.flatMap(part => {
    if (Array.isArray(part)) return own.slice(placeOf(part[0]), placeOf(part[1]) + 1);
    const { id, cell_type, source } = part;
    const isCell = /^[\w-]{1,64}$/.test(id) && ['code', 'markdown', 'raw'].includes(cell_type);
    if (!isCell || typeof source !== 'string') throw new Error('no cell');
    const twin = own.find(cell => cell.id === id && cell.cell_type === cell_type);
    const run = cell_type === 'code' ? { outputs: [], execution_count: null } : {};
    return [{ id, cell_type, metadata: twin?.metadata ?? {}, source, ...run }];
  });
}

/** Packs a notebook into the end of a link. */
export async function pack(shared: Shared): Promise<string> {
  const packed = new Blob([JSON.stringify(shared)])
    .stream()
    .pipeThrough(new CompressionStream('deflate'));
  const bytes = new Uint8Array(await new Response(packed).arrayBuffer());
  const data = Array.from(bytes, byte => String.fromCharCode(byte)).join('');
  return MARK + btoa(data).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
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
