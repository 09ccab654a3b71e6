import { en } from './messages/en';
import { zh } from './messages/zh';

/** The language of the page. */
export const language = document.documentElement.lang.startsWith('zh') ? 'zh' : 'en';

/** The page's texts in its language. */
export const messages = { zh, en }[language];
