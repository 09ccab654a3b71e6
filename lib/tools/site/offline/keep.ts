/**
 * What the pages of the site keep for offline, beside what the service worker keeps of what they ask for:
 * by themselves what the lesson needs in the language on show, and the whole site if the learner asks.
 */
import { cacheName, isFixed, isOfSite, keyOf } from './cache-names';

/** A file of the site, as `api/offline.json` lists it. */
export interface SiteFile {
  readonly path: string;
  /** About what its download takes. */
  readonly bytes: number;
  /** The lesson in one language or in `both`, or `none`: it is a page to read. */
  readonly neededBy: 'zh' | 'en' | 'both' | 'none';
}

export interface Site {
  readonly build: string;
  readonly files: readonly SiteFile[];
}

// TypeScript's own list lacks it.
const POLITE = { priority: 'low' } as RequestInit;

/** Names what the browser remembers once the learner has asked for the whole site. */
export const choiceOf = (root: string): string => `digits whole ${root}`;

export const isNeeded = (language: 'zh' | 'en', { neededBy }: SiteFile): boolean =>
  neededBy === language || neededBy === 'both';

export const megabytes = (files: readonly SiteFile[]): number =>
  Math.ceil(files.reduce((sum, { bytes }) => sum + bytes, 0) / 1e6);

export const siteAt = async (root: string): Promise<Site> =>
  (await fetch(`${root}api/offline.json`)).json();

/** Returns the files that are not kept yet. */
export async function missing(root: string, { build, files }: Site): Promise<SiteFile[]> {
  const own = cacheName(root, build);
  const there = new Set<string>();
  for (const name of (await caches.keys()).filter(name => isOfSite(root, name))) {
    for (const { url } of await (await caches.open(name)).keys()) {
      // Of another build there is what never changes.
      if (name === own || isFixed(new URL(url))) there.add(url);
    }
  }
  return files.filter(
    ({ path }) => !there.has(keyOf({ url: root + encodeURI(path), mode: 'cors' })),
  );
}

/**
 * Fetches what is missing, one file after the other; of several pages one does it at a time.
 *
 * @returns why it came to no end, if so: the storage is full, or the network did not bring all.
 */
export function keep(
  root: string,
  site: Site,
  isWanted: (file: SiteFile) => boolean,
): Promise<'full' | 'cut' | undefined> {
  return navigator.locks.request(choiceOf(root), async () => {
    const cache = await caches.open(cacheName(root, site.build));
    let isCut = false;
    for (const { path } of (await missing(root, site)).filter(isWanted)) {
      const url = root + encodeURI(path);
      try {
        const response = await fetch(url, POLITE);
        // A café's network may lead to its own page.
        if (!response.ok || response.redirected) throw new Error(path);
        await cache.put(keyOf({ url, mode: 'cors' }), response);
      } catch (error) {
        if ((error as Error).name === 'QuotaExceededError') return 'full';
        isCut = true;
      }
    }
    return isCut ? 'cut' : undefined;
  });
}
