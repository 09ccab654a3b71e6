import { en } from './messages/en';
import { zh } from './messages/zh';

/** The address of the site, two folders above the page of an app: `…/zh/lab/index.html`. */
export const root = new URL('../../', location.origin + location.pathname).href;

export const language = document.documentElement.lang.startsWith('zh') ? 'zh' : 'en';

export const messages = { zh, en }[language];
