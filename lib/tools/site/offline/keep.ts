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
  /** The lesson's language whose lesson needs it, or `both`; `none` needs the pages to read. */
  readonly neededBy: 'zh' | 'en' | 'both' | 'none';
}

export interface SiteFiles {
  readonly build: string;
  readonly files: readonly SiteFile[];
}

/** Why keeping came to no end: the storage does not take it, or the network did not bring it. */
export type Problem = 'full' | 'cut';

// TypeScript's own list lacks it.
const POLITE = { priority: 'low' } as RequestInit;

const choiceOf = (root: string) => `digits whole ${root}`;

/** Tells whether this browser keeps anything for this site; some private windows do not. */
export function canKeep(): boolean {
  try {
    return Boolean(localStorage) && 'serviceWorker' in navigator && 'caches' in window;
  } catch {
    return false;
  }
}

/** Tells whether the learner wants to save data, so that nothing is fetched unasked. */
export const savesData = (): boolean =>
  Boolean((navigator as { connection?: { saveData?: boolean } }).connection?.saveData);

/** Tells whether the learner has asked for the whole site. */
export const isWholeChosen = (root: string): boolean =>
  localStorage.getItem(choiceOf(root)) !== null;

/** Remembers, for later visits and all pages, that the learner has asked for the whole site. */
export const chooseWhole = (root: string): void => localStorage.setItem(choiceOf(root), 'true');

/** Fetches the list of what there is to keep. */
export const filesOf = async (root: string): Promise<SiteFiles> =>
  (await fetch(`${root}api/offline.json`)).json();

/** Returns the files that are not kept yet. */
export async function missing(root: string, { build, files }: SiteFiles): Promise<SiteFile[]> {
  const own = cacheName(root, build);
  const there = new Set<string>();
  for (const name of await caches.keys()) {
    if (!isOfSite(root, name)) continue;
    const addresses = (await (await caches.open(name)).keys()).map(({ url }) => url);
    // Of another build there is what never changes.
    for (const url of addresses) if (name === own || isFixed(new URL(url))) there.add(url);
  }
  return files.filter(
    ({ path }) => !there.has(keyOf({ url: root + encodeURI(path), mode: 'cors' })),
  );
}

/** Fetches what is missing, one file after the other; of several pages one does it at a time. */
export function keep(
  root: string,
  site: SiteFiles,
  isWanted: (file: SiteFile) => boolean,
): Promise<Problem | undefined> {
  const fetchAll = async () => {
    const cache = await caches.open(cacheName(root, site.build));
    let problem: Problem | undefined;
    for (const { path } of (await missing(root, site)).filter(isWanted)) {
      const url = root + encodeURI(path);
      try {
        const response = await fetch(url, POLITE);
        // A café's network may lead to its own page.
        if (!response.ok || response.redirected) throw new Error(path);
        await cache.put(keyOf({ url, mode: 'cors' }), response);
      } catch (error) {
        if ((error as Error).name === 'QuotaExceededError') return 'full';
        problem = 'cut';
      }
    }
    return problem;
  };
  return navigator.locks.request(choiceOf(root), fetchAll);
}
