/**
 * Stores site files for offline use, in addition to the service worker's cache: automatically the files that the
 * lesson needs in the current language, and on request the whole site.
 */

export interface SiteFile {
  readonly path: string;
  /** Approximate download size. */
  readonly bytes: number;
  /** The lesson's language that needs this file, or `none` for an article page. */
  readonly neededBy: 'zh' | 'en' | 'both' | 'none';
}

const page = globalThis.document?.documentElement;

/** The site's URL. App pages set the relative path in `data-root`; the index and the service worker are at the root. */
export const root = new URL(page?.dataset.root ?? '.', location.href).href;

/** Opens the site's cache. Other sites may share the origin. */
export const openCache = (): Promise<Cache> => caches.open(`digits ${root}`);

/** Returns the cache key of a URL, without parameters, which do not affect the response. */
export function keyOf(url: string): string {
  const { origin, pathname } = new URL(url);
  return origin + pathname.replace(/\/$/, '/index.html');
}

/** Storage key that records the request to store the whole site. */
export const SITE_KEY = `digits whole ${root}`;

export const megabytes = (files: readonly SiteFile[]): number =>
  Math.ceil(files.reduce((sum, { bytes }) => sum + bytes, 0) / 1e6);

export const listFiles = async (): Promise<SiteFile[]> =>
  (await fetch(`${root}api/offline.json`)).json();

export async function missingFiles(files: readonly SiteFile[]): Promise<SiteFile[]> {
  const cachedUrls = new Set((await (await openCache()).keys()).map(({ url }) => url));
  return files.filter(({ path }) => !cachedUrls.has(keyOf(root + path)));
}

/**
 * Downloads missing files sequentially, in one page at a time. Returns the reason for an incomplete result: the storage
 * is full, or downloads failed.
 */
export function save(files: readonly SiteFile[]): Promise<'full' | 'cut' | undefined> {
  return navigator.locks.request(SITE_KEY, async () => {
    const cache = await openCache();
    let isIncomplete = false;
    for (const { path } of await missingFiles(files)) {
      try {
        // TypeScript's declarations lack `priority`.
        const response = await fetch(root + path, { priority: 'low' } as RequestInit);
        // A public network may redirect to a login page.
        if (!response.ok || response.redirected) throw new Error(path);
        await cache.put(keyOf(root + path), response);
      } catch (error) {
        if ((error as Error).name === 'QuotaExceededError') return 'full';
        isIncomplete = true;
      }
    }
    return isIncomplete ? 'cut' : undefined;
  });
}
