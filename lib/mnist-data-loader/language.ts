/** A language in which messages exist. */
export type Language = 'en' | 'zh';

/** One message in every language. */
export type Text = Readonly<Record<Language, string>>;

let current: Language = 'en';

/**
 * Sets the language of this package's errors, warnings and progress lines. English until it is called.
 *
 * @example
 * setLanguage('zh');
 */
export function setLanguage(language: Language): void {
  current = language;
}

/** Returns a text in the language that is set. */
export function say(text: Text): string {
  return text[current];
}

/** Joins two texts: English parts them by a space, Chinese does not. */
export function sentences(first: Text, second: Text): Text {
  const space = first.en.endsWith('\n') ? '' : ' ';
  return { en: first.en + space + second.en, zh: first.zh + second.zh };
}
