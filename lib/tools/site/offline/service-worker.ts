/**
 * Keeps the lesson for a day without a network. It stands before JupyterLite's own service worker,
 * which keeps nothing of what lies below /api/ (the list of notebooks, the translations).
 *
 * Files named by what they hold are taken from the cache first. All others may change, so they come
 * from the network, and from the cache only if it does not answer.
 */
import { cacheName, isFixed, isOfSite, keyOf } from './cache-names';

/** The build of the site that this worker came with. */
declare const BUILD: string;
/** The build's files, by their paths below the site's address, with their SHA-256. */
declare const DIGESTS: Record<string, string>;
/** The page that says that another one has not been kept. */
declare const NOT_KEPT: string;

interface ExtendableEvent extends Event {
  waitUntil(work: Promise<unknown>): void;
}
interface FetchEvent extends ExtendableEvent {
  readonly request: Request;
  respondWith(answer: Promise<Response>): void;
}

/** The network may take so long before a kept answer is given: a school's may hang, not fail. */
const PATIENCE = 5_000; // milliseconds
/** For how long after that the next ones are not waited for either. */
const DISTRUST = 30_000; // milliseconds
let hangsUntil = 0;

const root = new URL('.', location.href).href;
const ownCache = cacheName(root, BUILD);

addEventListener('install', event => {
  // JupyterLite would take over pages of the last build at once; they keep the worker they came with.
  event.stopImmediatePropagation();
});

addEventListener('activate', event => {
  (event as ExtendableEvent).waitUntil(migrateCaches());
});

addEventListener('fetch', event => {
  const { request } = event as FetchEvent;
  const url = new URL(request.url);
  if (request.method !== 'GET' || !request.url.startsWith(root)) return;
  // JupyterLite answers these by itself.
  if (/\/api\/(drive|stdin|service-worker-heartbeat)/.test(url.pathname)) return;
  event.stopImmediatePropagation();
  if (url.pathname.endsWith('.zip')) return; // downloaded, not kept
  const answer = isFixed(url) ? cacheFirst : networkFirst;
  (event as FetchEvent).respondWith(
    answer(event as FetchEvent).catch(error => {
      if (pathOf(request) in DIGESTS) throw error;
      // Whoever asks for what the site does not have is told so as with a network.
      return new Response(null, { status: 404 });
    }),
  );
});

/** The path of a file below the site's address. */
const pathOf = ({ url }: Request): string =>
  decodeURI(new URL(url).pathname.slice(new URL(root).pathname.length));

async function cacheFirst(event: FetchEvent): Promise<Response> {
  return (await kept(event.request)) ?? fetchAndKeep(event);
}

async function networkFirst(event: FetchEvent): Promise<Response> {
  const { request } = event;
  const fetched = fetchAndKeep(event);
  fetched.catch(() => {}); // it may fail when the kept answer has been given
  try {
    const answer = await Promise.race([fetched, patience()]);
    if (answer && answer.status < 500) return answer;
    if (!answer) hangsUntil = Date.now() + DISTRUST;
    return (await kept(request)) ?? answer ?? (await fetched);
  } catch (error) {
    const answer = await kept(request);
    if (answer) return answer;
    if (request.mode === 'navigate') return notKept();
    throw error;
  }
}

const patience = () =>
  new Promise<undefined>(settle => setTimeout(settle, Date.now() < hangsUntil ? 0 : PATIENCE));

/** Makes the page that stands in for one that has not been kept. */
const notKept = () =>
  new Response(NOT_KEPT.replace('{root}', root), {
    status: 503,
    headers: { 'content-type': 'text/html; charset=utf-8' },
  });

async function kept(request: Request): Promise<Response | undefined> {
  const key = keyOf(request);
  const own = await (await caches.open(ownCache)).match(key);
  return own ?? caches.match(key);
}

async function fetchAndKeep(event: FetchEvent): Promise<Response> {
  const response = await fetch(event.request);
  if (response.status === 200 && response.type === 'basic' && !response.redirected) {
    const copy = response.clone();
    // Not awaited: a long answer is kept while the page reads it. A full disk keeps nothing.
    const keeping = caches.open(ownCache).then(cache => cache.put(keyOf(event.request), copy));
    event.waitUntil(keeping.catch(() => {}));
  }
  return response;
}

/**
 * Moves into the build's cache what is the same in it, to the byte, and drops all the rest: so no page
 * of the new build meets a file of an old one, and the data need not be fetched again.
 */
async function migrateCaches(): Promise<void> {
  const names = (await caches.keys()).filter(name => name !== ownCache && isOfSite(root, name));
  const cache = await caches.open(ownCache);
  for (const name of names) {
    const old = await caches.open(name);
    for (const request of await old.keys()) {
      const response = await old.match(request);
      const wanted = DIGESTS[pathOf(request)];
      if (!response || !wanted || (await cache.match(request))) continue;
      if ((await digestOf(response.clone())) === wanted) await cache.put(request, response);
    }
    await caches.delete(name);
  }
}

async function digestOf(response: Response): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', await response.arrayBuffer());
  return Array.from(new Uint8Array(digest), byte => byte.toString(16).padStart(2, '0')).join('');
}
