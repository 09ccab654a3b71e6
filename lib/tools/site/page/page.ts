import { en } from './messages/en';
import { zh } from './messages/zh';

/** The address of the site, two folders above the page of an app: `…/zh/lab/index.html`. */
export const root = new URL('../../', location.href).href;

export const language = document.documentElement.lang.startsWith('zh') ? 'zh' : 'en';

export const messages = { zh, en }[language];

/** The original that each notebook of the site comes from today, by its path. */
export const originals: Promise<Readonly<Record<string, string>>> = fetch(
  `${root}api/originals.json`,
)
  .then(response => response.json())
  .catch(() => ({}));
