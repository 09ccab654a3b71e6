import { texts as all } from './language';

export const language = document.documentElement.lang.startsWith('zh') ? 'zh' : 'en';

/** The page's texts in its language. */
export const texts = all[language];
