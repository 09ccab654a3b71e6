/** What the service worker and the page agree on: where what is kept stands, and under which name. */

const PREFIX = 'digits';

/** Names the cache of a build of the site; other sites may stand on the same host. */
export const cacheName = (root: string, build: string): string => `${PREFIX} ${root} ${build}`;

/** Whether a cache is of this site, of whichever build. */
export const isOfSite = (root: string, name: string): boolean =>
  name.startsWith(`${PREFIX} ${root} `);

/** Whether a file is named by what it holds, so that it never changes. */
export const isFixed = ({ pathname, search }: URL): boolean =>
  /\/build\/.*\.[0-9a-f]{7,}\.\w+$/.test(pathname) ||
  /\/extensions\/[^/]+\/([0-9a-f]{12}\/|static\/[^/]*\.?[0-9a-f]{16}\.js$)/.test(pathname) ||
  /\/pages\/shared\/[0-9a-f]{12}\.(js|css)$/.test(pathname) ||
  /^\?_=[0-9a-f]{7,}$/.test(search);

/** The address that a request is kept under: that of a page without what tells it which file to open. */
export function keyOf({ url, mode }: Pick<Request, 'url' | 'mode'>): string {
  const { origin, pathname, search } = new URL(url);
  const file = pathname.endsWith('/') ? `${pathname}index.html` : pathname;
  return origin + file + (mode === 'navigate' || file.endsWith('/index.html') ? '' : search);
}
