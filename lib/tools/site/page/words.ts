/** The language of the page. */
export const language: 'zh' | 'en' = document.documentElement.lang.startsWith('zh') ? 'zh' : 'en';

/** Picks the text of the page's language. */
export const text = (choices: { readonly zh: string; readonly en: string }): string =>
  choices[language];
