/** What a report says of exercises, guesses and questions, out of the lesson's own texts. */
import { getLanguage, type Language, messages, setLanguage } from 'digits/language';
import type { Names } from 'digits/record/line';

type Said = string | ((...values: never[]) => string);

/** An ellipsis in place of a value of an answer: a text, a number or a list. */
const ANY = Object.assign(['…'], { toFixed: () => '…' });

/** What a mistake is called. */
const wordsOf = (said: Said): string =>
  typeof said === 'string' ? said : said(...(Array(said.length).fill(ANY) as never[]));

/** Returns the texts of a report in one language. */
function textsIn(language: Language) {
  // Only here, since they load TensorFlow.js.
  const { exercises }: typeof import('digits/exercises') = require('digits/exercises');
  const { question, RULES }: typeof import('digits/guess/rules') = require('digits/guess/rules');
  const { RIGHT_OPTIONS }: typeof import('digits/quiz/quiz') = require('digits/quiz/quiz');
  setLanguage(language);
  const { questions } = messages().quiz;
  return {
    exercises: exercises.map(({ id, texts }) => {
      const { title, wrong } = texts[language];
      const mistakes: Record<string, string> = {};
      for (const [name, said] of Object.entries(wrong)) mistakes[name] = wordsOf(said);
      return { id, title, mistakes };
    }),
    guesses: (Object.keys(RULES) as (keyof typeof RULES)[]).map(id => {
      const { asks, options } = question(id);
      return { id, asks, options };
    }),
    quiz: questions.map(({ asks, options }, at) => {
      return { asks, options: options.map(({ says }) => says), right: RIGHT_OPTIONS[at] ?? 0 };
    }),
  };
}

export type Texts = ReturnType<typeof textsIn>;

/** Both languages' texts, and the names that a learner's line may hold. */
export interface Catalogue extends Record<Language, Texts> {
  readonly names: Names;
}

export function catalogue(): Catalogue {
  const before = getLanguage();
  const [zh, en] = [textsIn('zh'), textsIn('en')];
  setLanguage(before);
  const mistakes = en.exercises.map(({ id, mistakes }) => [id, Object.keys(mistakes)]);
  const guesses = en.guesses.map(({ id }) => id);
  return { zh, en, names: { mistakes: Object.fromEntries(mistakes), guesses } };
}
