import { en } from './messages/en';
import { zh } from './messages/zh';

/** The language of the page. */
export const language = document.documentElement.lang.startsWith('zh') ? 'zh' : 'en';

/** What the page says in its language. */
export const messages = { zh, en }[language];
