/** Takes over, for a new build, what the last ones kept. */
import { cacheName, isOfSite } from './cache-names';

/**
 * Moves into the build's cache what is the same in it, to the byte, and drops all the rest: so no page
 * of the new build meets a file of an old one, and the data need not be fetched again.
 *
 * @param root the address of the site.
 * @param digests the files of the build, by their paths below `root`, with their SHA-256.
 */
export async function migrateCache(
  root: string,
  build: string,
  digests: Record<string, string>,
): Promise<void> {
  const own = cacheName(root, build);
  const names = (await caches.keys()).filter(name => name !== own && isOfSite(root, name));
  const cache = await caches.open(own);
  for (const name of names) {
    const old = await caches.open(name);
    for (const request of await old.keys()) {
      const path = decodeURI(new URL(request.url).pathname.slice(new URL(root).pathname.length));
      const response = await old.match(request);
      const wanted = digests[path];
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
