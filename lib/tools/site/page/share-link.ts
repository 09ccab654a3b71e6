/** What a link carries of a notebook, packed into the part of an address behind `#`. */

/** As far as a link has it: neither outputs nor metadata, whoever made the link. */
export interface Cell {
  readonly id: string;
  readonly cell_type: 'code' | 'markdown' | 'raw';
  readonly source: string;
}

/** Cells that are as in the site's own notebook, from one to another, by their ids; or a cell in full. */
type Part = [first: string, last: string] | Cell;

export interface Shared {
  /** The name of the notebook; of the site's own that it comes from, if it does. */
  readonly name: string;
  /** What the site's own notebook was when the link was made. */
  readonly original: string;
  readonly parts: readonly Part[];
}

/** The longest link that chats and browsers can be trusted with, in characters. */
export const LONGEST = 8_000;

const VERSION = 1;
const MARK = '#share=';

/** Why a link cannot be opened. */
export type Fault = 'cut' | 'damaged' | 'large' | 'newer' | 'foreign';

export class LinkError extends Error {
  constructor(readonly fault: Fault) {
    super(fault);
  }
}

/** Lists what differs from the site's own notebook. */
export function partsOf(cells: readonly Cell[], own: readonly Cell[]): Part[] {
  const places = new Map(own.map(({ id }, place) => [id, place]));
  const parts: Part[] = [];
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
 * @throws LinkError if the site's own notebook has some of them no more, or what came is none.
 */
export function cellsOf<Own extends Cell>({ parts }: Shared, own: readonly Own[]): (Own | Cell)[] {
  const placeOf = (wanted: string) => {
    const place = own.findIndex(({ id }) => id === wanted);
    if (place < 0) throw new LinkError('foreign');
    return place;
  };
  return parts.flatMap((part): (Own | Cell)[] => {
    if (Array.isArray(part)) return own.slice(placeOf(part[0]), placeOf(part[1]) + 1);
    const { id, cell_type, source } = part ?? {};
    const isCell = /^[\w-]{1,64}$/.test(id) && ['code', 'markdown', 'raw'].includes(cell_type);
    if (!isCell || typeof source !== 'string') throw new LinkError('damaged');
    return [{ id, cell_type, source }];
  });
}

/** Packs a notebook into the end of a link: `#share=1.LENGTH.DATA`. */
export async function pack(shared: Shared): Promise<string> {
  const bytes = await through(JSON.stringify(shared), new CompressionStream('deflate'));
  const data = [...bytes].map(byte => String.fromCharCode(byte)).join('');
  const text = btoa(data).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
  return `${MARK}${VERSION}.${text.length}.${text}`;
}

/**
 * Reads the end of a link; undefined if it shares nothing.
 *
 * @throws LinkError that says why it cannot be read.
 */
export async function unpack(hash: string): Promise<Shared | undefined> {
  if (!hash.startsWith(MARK)) return undefined;
  if (hash.length > LONGEST) throw new LinkError('large');
  const [version, length, text = ''] = hash.slice(MARK.length).split('.');
  if (Number(version) > VERSION) throw new LinkError('newer');
  if (!length || text.length < Number(length)) throw new LinkError('cut');
  try {
    const data = atob(text.slice(0, Number(length)).replaceAll('-', '+').replaceAll('_', '/'));
    const bytes = Uint8Array.from(data, letter => letter.charCodeAt(0));
    // It ends with a checksum.
    const json = await through(bytes, new DecompressionStream('deflate'));
    const shared = JSON.parse(new TextDecoder().decode(json)) as Shared;
    if (!Array.isArray(shared.parts) || typeof shared.name !== 'string') throw new TypeError();
    return shared;
  } catch {
    throw new LinkError('damaged');
  }
}

const through = async (content: BlobPart, by: ReadableWritablePair<Uint8Array, BufferSource>) =>
  new Uint8Array(
    await new Response(new Blob([content]).stream().pipeThrough(by as never)).arrayBuffer(),
  );
