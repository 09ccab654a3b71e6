/**
 * Keeps the lesson for a day without a network. It stands before JupyterLite's own service worker,
 * which keeps nothing of what lies below /api/ (the list of notebooks, the translations).
 *
 * Files named by what they hold are taken from the cache first. All others may change, so they come
 * from the network, and from the cache only if it does not answer.
 */
import { keyOf, openCache, root } from './keep';

/** The files of the build that this worker came with, by their paths below the site's address, with their SHA-256. */
declare const DIGESTS: Record<string, string>;
/** The page that says that another one has not been kept. */
declare const NOT_KEPT: string;

interface FetchEvent extends Event {
  readonly request: Request;
  respondWith(answer: Promise<Response>): void;
  waitUntil(work: Promise<unknown>): void;
}

/** The network may take so long before a kept answer is given: a school's may hang, not fail. */
const PATIENCE = 5_000; // milliseconds
/** For how long after that the next ones are not waited for either. */
const DISTRUST = 30_000; // milliseconds
let hangsUntil = 0;

/** Returns the path of a file below the site's address. */
const pathOf = (url: string): string => decodeURI(keyOf(url)).slice(decodeURI(root).length);

// JupyterLite would take over pages of the last build at once; they keep the worker they came with.
addEventListener('install', event => event.stopImmediatePropagation());

addEventListener('activate', event => (event as FetchEvent).waitUntil(dropOthers()));

addEventListener('fetch', event => {
  const { request } = event as FetchEvent;
  if (request.method !== 'GET' || !request.url.startsWith(root)) return;
  // JupyterLite answers these by itself; the archive is not kept.
  if (/\/api\/(drive|stdin|service-worker-heartbeat)|\.zip$/.test(request.url)) return;
  event.stopImmediatePropagation();
  (event as FetchEvent).respondWith(answer(event as FetchEvent));
});

async function answer(event: FetchEvent): Promise<Response> {
  const { url, mode } = event.request;
  const path = pathOf(url);
  const kept = await (await openCache()).match(keyOf(url));
  // Such as build/4858.0e1c8b1.js and extensions/digits-kernel/fbe747a75f01/worker.js.
  if (kept && /[./][0-9a-f]{7,}[./]/.test(path)) return kept;
  const fetched = fetchAndKeep(event);
  fetched.catch(() => {}); // it may fail when the kept answer has been given
  try {
    if (!kept) return await fetched;
    const patience = Date.now() < hangsUntil ? 0 : PATIENCE;
    const hangs = new Promise<undefined>(settle => setTimeout(settle, patience));
    const answer = await Promise.race([fetched, hangs]);
    if (!answer) hangsUntil = Date.now() + DISTRUST;
    return answer && answer.status < 500 ? answer : kept;
  } catch (error) {
    if (kept) return kept;
    if (mode === 'navigate') {
      const headers = { 'content-type': 'text/html; charset=utf-8' };
      return new Response(NOT_KEPT.replace('{root}', root), { status: 503, headers });
    }
    if (path in DIGESTS) throw error;
    // Whoever asks for what the site does not have is told so as with a network.
    return new Response(null, { status: 404 });
  }
}

async function fetchAndKeep(event: FetchEvent): Promise<Response> {
  const response = await fetch(event.request);
  if (response.status === 200 && response.type === 'basic' && !response.redirected) {
    const copy = response.clone();
    // Not awaited: a long answer is kept while the page reads it. A full disk keeps nothing.
    const keeping = openCache().then(cache => cache.put(keyOf(event.request.url), copy));
    event.waitUntil(keeping.catch(() => {}));
  }
  return response;
}

/**
 * Drops all that is not the same, to the byte, in this build: so no page of it meets a file of an old one,
 * and the data need not be fetched again.
 */
async function dropOthers(): Promise<void> {
  const cache = await openCache();
  for (const response of await cache.matchAll()) {
    const digest = await crypto.subtle.digest('SHA-256', await response.arrayBuffer());
    const hex = Array.from(new Uint8Array(digest), byte => byte.toString(16).padStart(2, '0'));
    const { url } = response;
    if (DIGESTS[pathOf(url)] !== hex.join('')) await cache.delete(keyOf(url));
  }
}
