/** Creates printable sheets for learners and teachers from the exercises, the quiz, the guesses and the glossary. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeWhole } from 'command/machine/files';
import { tables as digits, type Language } from 'digits/language';
import { runPython } from 'lab/jupyter/jupyter';
import { parse } from 'yaml';
import { mistakeText } from '../../mistake-text';
import { languages } from '../../source';
import { glossaryRows } from '../steps/contents';

const read = (name: string) => parse(readFileSync(join(__dirname, `${name}.yml`), 'utf8'));

/** Writes `en.html`, `teacher.en.html` (with answers) and the Chinese versions into a folder. */
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

export function sheetContent(language: Language) {
  // Loaded lazily, because these modules load TensorFlow.js.
  const { exercises }: typeof import('digits/exercises') = require('digits/exercises');
  const rules: typeof import('digits/guess/rules') = require('digits/guess/rules');
  const { RIGHT_OPTIONS }: typeof import('digits/quiz/quiz') = require('digits/quiz/quiz');
  const { quiz, guesses } = digits[language];
  const numbers: Numbers = read('numbers');
  const texts = read(language);
  const rows = glossaryRows(language).map(cells => cells.map(cell => cell.trim()));
  const english = language === 'en' ? 0 : 1;
  const textsOf = (id: string) => exercises.find(exercise => exercise.id === id)?.texts[language];
  const groups: [string, Record<string, string[]>][] = Object.entries(read('mistakes'));
  return {
    texts,
    language,
    given: numbers,
    guessed: numbers.guesses.map(ids =>
      ids.map(id => {
        const right = rules.RULES[id].usual;
        return { ...guesses.questions[id], right, varies: 'otherwise' in guesses.questions[id] };
      }),
    ),
    questions: quiz.questions.map((question, i) => ({ ...question, right: RIGHT_OPTIONS[i] })),
    vocabulary: numbers.words.map(words =>
      labelTerms(rows.filter(row => words.includes(`${row[english]}`))),
    ),
    assessed: [1, 2, 3, 4, 5].map(aim =>
      exercises.filter(exercise => exercise.aim === aim).map(({ id }) => id),
    ),
    beliefs: groups.map(([name, mistakes]) => ({
      name,
      mistakes: Object.entries(mistakes).flatMap(([id, names]) =>
        names.map(name => ({ id, says: mistakeText(textsOf(id)?.wrong[name] ?? '', '•') })),
      ),
    })),
  };
}

interface Numbers {
  readonly words: readonly (readonly string[])[];
  readonly guesses: readonly (readonly (keyof typeof digits.en.guesses.questions)[])[];
}

/** Labels the explanations with letters in alphabetical order, and assigns each term a letter. */
function labelTerms(rows: readonly (readonly string[])[]) {
  const lines = rows.map(([, , line]) => `${line}`).sort();
  const letter = (line = '') => String.fromCharCode(65 + lines.indexOf(line));
  return {
    lines: lines.map(line => ({ line, letter: letter(line) })),
    words: rows.map(([term, , line]) => ({ word: term?.split('、')[0], letter: letter(line) })),
  };
}
