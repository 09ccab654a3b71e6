import { en } from './messages/en';
import { zh } from './messages/zh';

export { root } from '../offline/keep';

export const language = document.documentElement.lang.startsWith('zh') ? 'zh' : 'en';

export const messages = { zh, en }[language];
