/** The sheets to print, for learners and for the teacher, from the exercises, the quiz, the guesses and the glossary. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { tables as digits, type Language } from 'digits/language';
import { parse } from 'yaml';
import { writeWhole } from '../../project/files';
import { runPython } from '../../project/jupyter';
import { languages } from '../../publish/source';
import { glossaryRows } from '../steps/contents';

const read = (name: string) => parse(readFileSync(join(__dirname, `${name}.yml`), 'utf8'));

/** Writes `en.html`, `teacher.en.html`, which has the key, and their Chinese twins into a folder. */
export async function writeSheets(folder: string): Promise<void> {
  for (const language of languages) {
    const content = sheetContent(language);
    for (const page of ['sheets', 'teacher']) {
      const name = page === 'teacher' ? `teacher.${language}.html` : `${language}.html`;
      const script = [join(__dirname, 'render.py'), `${page}.html.j2`];
      writeWhole(join(folder, name), await runPython(script, JSON.stringify({ ...content, page })));
    }
  }
}

/** Gathers what the pages of a language show. */
export function sheetContent(language: Language) {
  // Only here, since they load TensorFlow.js.
  const { exercises }: typeof import('digits/exercises') = require('digits/exercises');
  const rules: typeof import('digits/guess/rules') = require('digits/guess/rules');
  const { RIGHT_OPTIONS }: typeof import('digits/quiz/quiz') = require('digits/quiz/quiz');
  const { quiz, guesses } = digits[language];
  const given: Numbers = read('numbers');
  const texts = read(language);
  const rows = glossaryRows(language).map(cells => cells.map(cell => cell.trim()));
  const english = language === 'en' ? 0 : 1;
  const says = (id: string, name: string): string => {
    const why = exercises.find(each => each.id === id)?.texts[language].wrong[name];
    const filled = why as (...values: readonly unknown[]) => string;
    return typeof why === 'function' ? filled(...DOTS) : `${why}`;
  };
  const named: [string, Record<string, string[]>][] = Object.entries(read('mistakes'));
  return {
    texts,
    language,
    given,
    guessed: given.guesses.map(ids =>
      ids.map(id => {
        const right = rules.RULES[id].usual;
        return { ...guesses.questions[id], right, varies: 'otherwise' in guesses.questions[id] };
      }),
    ),
    questions: quiz.questions.map((question, i) => ({ ...question, right: RIGHT_OPTIONS[i] })),
    vocabulary: given.words.map(words =>
      matching(rows.filter(row => words.includes(`${row[english]}`))),
    ),
    assessed: [1, 2, 3, 4, 5].map(aim =>
      exercises.filter(each => each.aim === aim).map(({ id }) => id),
    ),
    beliefs: named.map(([name, mistakes]) => ({
      name,
      mistakes: Object.entries(mistakes).flatMap(([id, all]) =>
        all.map(mistake => ({ id, says: says(id, mistake) })),
      ),
    })),
  };
}

interface Numbers {
  readonly words: readonly (readonly string[])[];
  readonly guesses: readonly (readonly (keyof typeof digits.en.guesses.questions)[])[];
}

/** Stand for what a learner's answer fills in; some texts join a list. */
const DOTS: readonly string[][] = Array(4).fill(['•']);

/** Puts a letter before each explanation, in their alphabetical order, and behind each term that of its own. */
function matching(rows: readonly (readonly string[])[]) {
  const lines = rows.map(([, , line]) => `${line}`).sort();
  const letter = (line = '') => String.fromCharCode(65 + lines.indexOf(line));
  return {
    lines: lines.map(line => ({ line, letter: letter(line) })),
    words: rows.map(([term, , line]) => ({ word: term?.split('、')[0], letter: letter(line) })),
  };
}
