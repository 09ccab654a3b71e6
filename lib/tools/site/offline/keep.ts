/**
 * What the pages of the site keep for offline, beside what the service worker keeps of what they ask for:
 * by themselves what the lesson needs in the language on show, and the whole site if the learner asks.
 */

/** A file of the site, as `api/offline.json` lists it. */
export interface SiteFile {
  readonly path: string;
  /** About what its download takes. */
  readonly bytes: number;
  /** The lesson in one language or in `both`, or `none`: it is a page to read. */
  readonly neededBy: 'zh' | 'en' | 'both' | 'none';
}

const page = globalThis.document?.documentElement;

/** The address of the site. The page of an app says where it is from there; the index and the service worker stand in it. */
export const root = new URL(page?.dataset.root ?? '.', location.href).href;

/** Opens the cache of the site; other sites may stand on the same host. */
export const openCache = (): Promise<Cache> => caches.open(`digits ${root}`);

/** Returns the address that a file is kept under, with no parameters: they change no answer. */
export function keyOf(url: string): string {
  const { origin, pathname } = new URL(url);
  return origin + pathname.replace(/\/$/, '/index.html');
}

/** Names what the browser remembers once the learner has asked for the whole site. */
export const CHOICE = `digits whole ${root}`;

export const megabytes = (files: readonly SiteFile[]): number =>
  Math.ceil(files.reduce((sum, { bytes }) => sum + bytes, 0) / 1e6);

export const listFiles = async (): Promise<SiteFile[]> =>
  (await fetch(`${root}api/offline.json`)).json();

/** Returns those of the files that are not kept yet. */
export async function missing(files: readonly SiteFile[]): Promise<SiteFile[]> {
  const there = new Set((await (await openCache()).keys()).map(({ url }) => url));
  return files.filter(({ path }) => !there.has(keyOf(root + path)));
}

/**
 * Fetches what is missing, one file after the other; of several pages one does it at a time.
 *
 * @returns why it came to no end, if so: the storage is full, or the network did not bring all.
 */
export function keep(files: readonly SiteFile[]): Promise<'full' | 'cut' | undefined> {
  return navigator.locks.request(CHOICE, async () => {
    const cache = await openCache();
    let isCut = false;
    for (const { path } of await missing(files)) {
      try {
        // TypeScript's own list lacks the priority.
        const response = await fetch(root + path, { priority: 'low' } as RequestInit);
        // A café's network may lead to its own page.
        if (!response.ok || response.redirected) throw new Error(path);
        await cache.put(keyOf(root + path), response);
      } catch (error) {
        if ((error as Error).name === 'QuotaExceededError') return 'full';
        isCut = true;
      }
    }
    return isCut ? 'cut' : undefined;
  });
}
