/** What the service worker and the page agree on: where what is kept stands, and under which name. */

const PREFIX = 'digits';

/** Names the cache of a build of the site; other sites may stand on the same host. */
export const cacheName = (root: string, build: string): string => `${PREFIX} ${root} ${build}`;

/** Whether a cache is of this site, of whichever build. */
export const isOfSite = (root: string, name: string): boolean =>
  name.startsWith(`${PREFIX} ${root} `);

/** Whether a file never changes: its path or its parameter tells what it holds. */
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
