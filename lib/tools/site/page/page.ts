import { en } from './messages/en';
import { zh } from './messages/zh';

/** The address of the site, two folders above the page of an app: `…/zh/lab/index.html`. */
export const root = new URL('../../', location.href).href;

export const language = document.documentElement.lang.startsWith('zh') ? 'zh' : 'en';

export const messages = { zh, en }[language];
