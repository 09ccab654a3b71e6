import { en, type Messages } from './messages/en';
import { zh } from './messages/zh';

/** A language in which messages exist. */
export type Language = 'en' | 'zh';

/** One message in every language. */
export type Text = Readonly<Record<Language, string>>;

/** The texts of each language. */
export const tables: Record<Language, Messages> = { en, zh };

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

/** Returns the texts of the language that is set. */
export const messages = (): Messages => tables[current];

/** Writes what is the same in every language. */
export const same = (text: string): Text => ({ en: text, zh: text });

/** Returns a text in the language that is set. */
export const say = (text: Text): string => text[current];

/** A table's messages, each as a function that gives it in every language. */
type InEach<T> = {
  readonly [K in keyof T]: T[K] extends string
    ? () => Text
    : T[K] extends (...given: infer A) => string
      ? (...given: { [I in keyof A]: Given<A[I]> }) => Text
      : InEach<T[K]>;
};

/** An argument of a message; it may itself be a text in every language. */
type Given<A> = A extends readonly string[] ? readonly (string | Text)[] : A | Text;

function inEach<T extends object>(tableOf: (language: Language) => T): InEach<T> {
  const functions = Object.keys(tableOf('en')).map(key => {
    const messageIn = (language: Language) => (tableOf(language) as Record<string, unknown>)[key];
    if (typeof messageIn('en') === 'object') return [key, inEach(messageIn as () => object)];
    const write = (given: unknown[], language: Language) => {
      const message = messageIn(language) as string | ((...given: unknown[]) => string);
      if (typeof message === 'string') return message;
      return message(...given.map(argument => inLanguage(argument, language)));
    };
    return [key, (...given: unknown[]) => ({ en: write(given, 'en'), zh: write(given, 'zh') })];
  });
  return Object.fromEntries(functions);
}

function inLanguage(given: unknown, language: Language): unknown {
  if (Array.isArray(given)) return given.map(each => inLanguage(each, language));
  return typeof given === 'object' && given !== null ? (given as Text)[language] : given;
}

/** Each message of the tables in every language: `words.found.nothing()`. */
export const words = inEach(language => tables[language]);
