import { cacheName, isFixed, keyOf } from '../offline/cache-names';
import { root } from './page';

/** The page is left alone for so long first. */
const REST = 2_000; // milliseconds

// TypeScript's own list lacks it.
const POLITE = { priority: 'low' } as RequestInit;

/**
 * Fetches, one file after the other and while the page stands idle, what the lesson needs to open and
 * run without a network, in both apps and languages.
 */
export async function precache(): Promise<void> {
  const saving = (navigator as { connection?: { saveData?: boolean } }).connection?.saveData;
  if (saving || !('serviceWorker' in navigator) || !('caches' in window)) return;
  await navigator.serviceWorker.ready;
  await new Promise(settle => setTimeout(settle, REST));
  const { build, keep } = (await (await fetch(`${root}api/offline.json`)).json()) as {
    build: string;
    keep: string[];
  };
  const cache = await caches.open(cacheName(root, build));
  for (const file of keep) {
    const url = root + encodeURI(file);
    const key = keyOf({ url, mode: 'cors' });
    const there = isFixed(new URL(key)) ? await caches.match(key) : await cache.match(key);
    if (there) continue;
    const response = await fetch(url, POLITE).catch(() => undefined);
    if (response?.ok) await cache.put(key, response).catch(() => {});
  }
  document.documentElement.dataset.keptOffline = build;
}
