import { cacheName, isFixed, keyOf } from '../offline/kept';
import { root } from './root';
import { language } from './words';

/** How long the page is left alone first. */
const REST = 2_000; // milliseconds

// TypeScript's own list lacks it.
const POLITE = { priority: 'low' } as RequestInit;

/**
 * Fetches, one file after the other and while the page stands idle, what the lesson needs to open and
 * run without a network: what the page has loaded before its service worker was there, the kernel and
 * the data.
 */
export async function keepForOffline(): Promise<void> {
  const saving = (navigator as { connection?: { saveData?: boolean } }).connection?.saveData;
  if (saving || !('serviceWorker' in navigator) || !('caches' in window)) return;
  await navigator.serviceWorker.ready;
  await new Promise(settle => setTimeout(settle, REST));
  const { build, keep } = (await (await fetch(`${root}api/offline.json`)).json()) as {
    build: string;
    keep: Record<string, string[]>;
  };
  const cache = await caches.open(cacheName(root, build));
  const loaded = performance.getEntriesByType('resource').map(({ name }) => name);
  const wanted = [
    ...loaded.filter(url => url.startsWith(root) && !/\/api\/(drive|stdin|service)/.test(url)),
    ...(keep[language] ?? []).map(file => root + encodeURI(file)),
  ];
  for (const url of new Set(wanted.map(url => keyOf({ url, mode: 'cors' })))) {
    const there = isFixed(new URL(url)) ? await caches.match(url) : await cache.match(url);
    if (!there) await cache.add(new Request(url, POLITE)).catch(() => {});
  }
  document.documentElement.dataset.keptOffline = build;
}
