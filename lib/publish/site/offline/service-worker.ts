/**
 * Caches the lesson for offline use. Runs before JupyterLite's service worker, which does not cache /api/ (the list
 * of notebooks and the translations).
 *
 * Files with a content hash in the name are served from the cache first. Other files may change, so the network is
 * tried first, and the cache is the fallback.
 */
import { keyOf, openCache, root } from './keep';

/** SHA-256 of each file of this worker's build, by path relative to the site. */
declare const DIGESTS: Record<string, string>;
/** Page shown for pages that are not cached. */
declare const NOT_KEPT: string;

interface FetchEvent extends Event {
  readonly request: Request;
  respondWith(answer: Promise<Response>): void;
  waitUntil(work: Promise<unknown>): void;
}

/** Milliseconds to wait for the network before a cached response is used. Some networks hang instead of failing. */
const NETWORK_TIMEOUT_MS = 5_000;
/** Milliseconds during which further requests do not wait for a hanging network. */
const HANG_PERIOD_MS = 30_000;
let hangsUntil = 0;

const pathOf = (url: string): string => decodeURI(keyOf(url)).slice(decodeURI(root).length);

// JupyterLite would activate immediately, even for open pages of the previous build. These pages should keep the
// previous worker.
addEventListener('install', event => event.stopImmediatePropagation());

addEventListener('activate', event => (event as FetchEvent).waitUntil(deleteOutdated()));

addEventListener('fetch', event => {
  const { request } = event as FetchEvent;
  if (request.method !== 'GET' || !request.url.startsWith(root)) return;
  // JupyterLite handles these requests. The archive is not cached.
  if (/\/api\/(drive|stdin|service-worker-heartbeat)|\.zip$/.test(request.url)) return;
  event.stopImmediatePropagation();
  (event as FetchEvent).respondWith(respond(event as FetchEvent));
});

async function respond(event: FetchEvent): Promise<Response> {
  const { url, mode } = event.request;
  const path = pathOf(url);
  const cached = await (await openCache()).match(keyOf(url));
  // For example, build/4858.0e1c8b1.js and extensions/digits-kernel/fbe747a75f01/worker.js.
  if (cached && /[./][0-9a-f]{7,}[./]/.test(path)) return cached;
  const fetching = fetchAndCache(event);
  fetching.catch(() => {}); // may reject after the cached response is returned
  try {
    if (!cached) return await fetching;
    const timeout = Date.now() < hangsUntil ? 0 : NETWORK_TIMEOUT_MS;
    const timer = new Promise<undefined>(resolve => setTimeout(resolve, timeout));
    const answer = await Promise.race([fetching, timer]);
    if (!answer) hangsUntil = Date.now() + HANG_PERIOD_MS;
    return answer && answer.status < 500 ? answer : cached;
  } catch (error) {
    if (cached) return cached;
    if (mode === 'navigate') {
      const headers = { 'content-type': 'text/html; charset=utf-8' };
      return new Response(NOT_KEPT.replace('{root}', root), { status: 503, headers });
    }
    if (path in DIGESTS) throw error;
    // Same response as online for files that the site does not have.
    return new Response(null, { status: 404 });
  }
}

async function fetchAndCache(event: FetchEvent): Promise<Response> {
  const response = await fetch(event.request);
  if (response.status === 200 && response.type === 'basic' && !response.redirected) {
    const copy = response.clone();
    // Not awaited: the page can read a long response during caching. On a full disk, nothing is cached.
    const caching = openCache().then(cache => cache.put(keyOf(event.request.url), copy));
    event.waitUntil(caching.catch(() => {}));
  }
  return response;
}

/** Deletes cached files that differ from this build, so its pages never load outdated files. Unchanged files stay. */
async function deleteOutdated(): Promise<void> {
  const cache = await openCache();
  for (const response of await cache.matchAll()) {
    const digest = await crypto.subtle.digest('SHA-256', await response.arrayBuffer());
    const hex = Array.from(new Uint8Array(digest), byte => byte.toString(16).padStart(2, '0'));
    const { url } = response;
    if (DIGESTS[pathOf(url)] !== hex.join('')) await cache.delete(keyOf(url));
  }
}
