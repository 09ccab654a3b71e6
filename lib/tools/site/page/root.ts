/** The address of the site, two folders above the page of an app: `…/zh/lab/index.html`. */
export const root = new URL('../../', location.origin + location.pathname).href;
