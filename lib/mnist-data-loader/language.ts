import { en, type Messages } from './messages/en';
import { zh } from './messages/zh';

export type Language = 'en' | 'zh';

/** A message in every language. */
export type Text = Readonly<Record<Language, string>>;

export const tables: Record<Language, Messages> = { en, zh };

let current: Language = 'en';

/**
 * Sets the language of errors, warnings and progress lines. The default is English.
 *
 * @example
 * setLanguage('zh');
 */
export function setLanguage(language: Language): void {
  current = language;
}

export const messages = (): Messages => tables[current];

/** Returns a text that is equal in every language. */
export const untranslated = (text: string): Text => ({ en: text, zh: text });

export const say = (text: Text): string => text[current];

/** A table of messages as functions that return every language. */
type Multilingual<T> = {
  readonly [K in keyof T]: T[K] extends string
    ? () => Text
    : T[K] extends (...args: infer A) => string
      ? (...args: { [I in keyof A]: MessageArgument<A[I]> }) => Text
      : Multilingual<T[K]>;
};

/** An argument of a message, which may be a text in every language. */
type MessageArgument<A> = A extends readonly string[] ? readonly (string | Text)[] : A | Text;

function translate<T extends object>(tableOf: (language: Language) => T): Multilingual<T> {
  const functions = Object.keys(tableOf('en')).map(key => {
    const messageIn = (language: Language) => (tableOf(language) as Record<string, unknown>)[key];
    if (typeof messageIn('en') === 'object') return [key, translate(messageIn as () => object)];
    const write = (args: unknown[], language: Language) => {
      const message = messageIn(language) as string | ((...args: unknown[]) => string);
      if (typeof message === 'string') return message;
      return message(...args.map(argument => localize(argument, language)));
    };
    return [key, (...args: unknown[]) => ({ en: write(args, 'en'), zh: write(args, 'zh') })];
  });
  return Object.fromEntries(functions);
}

function localize(value: unknown, language: Language): unknown {
  if (Array.isArray(value)) return value.map(item => localize(item, language));
  return typeof value === 'object' && value !== null ? (value as Text)[language] : value;
}

/** All messages in every language: `words.found.nothing()`. */
export const words = translate(language => tables[language]);
