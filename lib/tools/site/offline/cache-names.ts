/** Names the caches and their entries, for the service worker and the page. */

const PREFIX = 'digits';

/** Names the cache of a build of the site; other sites may stand on the same host. */
export const cacheName = (root: string, build: string): string => `${PREFIX} ${root} ${build}`;

/** Tells whether a cache is of this site, of any build. */
export const isOfSite = (root: string, name: string): boolean =>
  name.startsWith(`${PREFIX} ${root} `);

/** Tells whether a file never changes: its path or its parameter names its content. */
export const isFixed = ({ pathname, search }: URL): boolean =>
  isNamedByContent(pathname) || /^\?_=[0-9a-f]{7,}$/.test(search);

const isNamedByContent = (path: string): boolean =>
  /\/build\/.*\.[0-9a-f]{7,}\.\w+$/.test(path) ||
  /\/extensions\/[^/]+\/([0-9a-f]{12}\/|static\/[^/]*\.?[0-9a-f]{16}\.js$)/.test(path) ||
  /\/pages\/shared\/[0-9a-f]{12}\.(js|css)$/.test(path);

/** The address that a request is kept under, without the parameters that do not change the answer. */
export function keyOf({ url, mode }: Pick<Request, 'url' | 'mode'>): string {
  const { origin, pathname, search } = new URL(url);
  const file = pathname.endsWith('/') ? `${pathname}index.html` : pathname;
  const same = mode === 'navigate' || file.endsWith('/index.html') || isNamedByContent(file);
  return origin + file + (same ? '' : search);
}
