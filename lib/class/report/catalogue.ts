/** The lesson's texts used in a report: exercises, guesses and quiz questions. */
import { getLanguage, type Language, messages, setLanguage } from 'digits/language';
import type { Names } from 'digits/record/line';
import { mistakeText } from 'publish/mistake-text';

function textsFor(language: Language) {
  // Loaded lazily, because these modules load TensorFlow.js.
  const { exercises }: typeof import('digits/exercises') = require('digits/exercises');
  const { question, RULES }: typeof import('digits/guess/rules') = require('digits/guess/rules');
  const { RIGHT_OPTIONS }: typeof import('digits/quiz/quiz') = require('digits/quiz/quiz');
  setLanguage(language);
  const { questions } = messages().quiz;
  return {
    exercises: exercises.map(({ id, texts }) => {
      const { title, wrong } = texts[language];
      const mistakes: Record<string, string> = {};
      for (const [name, message] of Object.entries(wrong))
        mistakes[name] = mistakeText(message, '…');
      return { id, title, mistakes };
    }),
    guesses: (Object.keys(RULES) as (keyof typeof RULES)[]).map(id => {
      const { asks, options } = question(id);
      return { id, asks, options };
    }),
    quiz: questions.map(({ asks, options }, index) => {
      return { asks, options: options.map(({ says }) => says), right: RIGHT_OPTIONS[index] ?? 0 };
    }),
  };
}

export type Texts = ReturnType<typeof textsFor>;

/** The texts in both languages, and the names allowed in a learner's line. */
export interface Catalogue extends Record<Language, Texts> {
  readonly names: Names;
}

export function catalogue(): Catalogue {
  const previousLanguage = getLanguage();
  const [zh, en] = [textsFor('zh'), textsFor('en')];
  setLanguage(previousLanguage);
  const mistakes = en.exercises.map(({ id, mistakes }) => [id, Object.keys(mistakes)]);
  const guesses = en.guesses.map(({ id }) => id);
  return { zh, en, names: { mistakes: Object.fromEntries(mistakes), guesses } };
}
