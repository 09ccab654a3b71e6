/** Computes the statistics of a report. */
import Papa from 'papaparse';
import type { Texts } from './catalogue';
import type { Learner } from './learners';

export interface Row extends Learner {
  /** The learner's name, or the file's. Repeated names are numbered. */
  readonly name: string;
  readonly passed: number;
}

/** Returns the learners sorted by name, with the number of passed exercises. */
export function rowsOf(learners: readonly Learner[]): Row[] {
  const nameCounts = new Map<string, number>();
  const rows = learners.map(learner => {
    const file = learner.source.replace(/^(?:.*[\\/])?([^\\/]+)\.(?:ipynb|txt)$/, '$1');
    const givenName = learner.record.name ?? file;
    const name = givenName || learner.record.id.slice(0, 4);
    const count = (nameCounts.get(name) ?? 0) + 1;
    nameCounts.set(name, count);
    const passed = Object.values(learner.record.exercises).filter(({ passed }) => passed).length;
    return { ...learner, name: count > 1 ? `${name} (${count})` : name, passed };
  });
  return rows.sort((a, b) => a.name.localeCompare(b.name, undefined, { numeric: true }));
}

/** Counts per exercise the learners who passed, their median tries, and the learners per mistake. */
export const exercisesOf = (rows: readonly Row[], texts: Texts) =>
  texts.exercises.map(({ id, title, mistakes }) => {
    const attempts = rows.flatMap(({ record }) => record.exercises[id] ?? []);
    const passed = attempts.filter(attempt => attempt.passed);
    const tries = passed.map(({ tries }) => tries + 1).sort((a, b) => a - b);
    const mistakeNames = attempts.flatMap(attempt => Object.keys(attempt.mistakes));
    const counts = [...new Set(mistakeNames)].map(name => {
      const learners = mistakeNames.filter(mistake => mistake === name).length;
      return { words: mistakes[name] ?? name, learners };
    });
    return {
      ...{ id, title, tried: attempts.length, passed: passed.length },
      tries: tries[(tries.length - 1) >> 1] ?? 0,
      mistakes: counts.sort((a, b) => b.learners - a.learners),
    };
  });

/** Counts for each option of a guess how many learners picked it, and for how many it was correct. */
export const guessesOf = (rows: readonly Row[], texts: Texts) =>
  texts.guesses.map(({ id, asks, options }) => {
    const guesses = rows.flatMap(({ record }) => record.guesses[id] ?? []);
    const picks = guesses.filter(({ picked }) => picked !== undefined);
    const count = (field: 'picked' | 'right', index: number) =>
      picks.filter(guess => guess[field] === index).length;
    const counted = options.map((says, index) => {
      return { says, picked: count('picked', index), right: count('right', index) };
    });
    return { asks, made: picks.length, options: counted };
  });

/** Returns the quiz questions, most often missed first. */
export const quizOf = (rows: readonly Row[], texts: Texts) =>
  texts.quiz
    .map(({ asks, options, right }, index) => {
      const answers = rows.flatMap(({ record }) => record.quiz[index] ?? []);
      const missed = answers.filter(option => option !== right).length;
      return { asks, right: options[right] ?? '', answered: answers.length, missed };
    })
    .sort((a, b) => b.missed - a.missed);

/** Returns a CSV table of all exercises with attempts. Escapes spreadsheet formulas. */
export function csvOf(
  rows: readonly Row[],
  texts: Texts,
  heads: Record<'name' | 'passed', string> & { wrongTries(id: string): string },
) {
  const ids = exercisesOf(rows, texts).flatMap(({ id, tried }) => (tried > 0 ? id : []));
  const lines = rows.map(({ name, passed, record }) => [
    ...[name, passed],
    ...ids.flatMap((id): (string | number)[] => {
      const { passed, tries } = record.exercises[id] ?? {};
      return passed === undefined ? ['', ''] : [Number(passed), tries ?? 0];
    }),
  ]);
  const fields = [heads.name, heads.passed, ...ids.flatMap(id => [id, heads.wrongTries(id)])];
  // Spreadsheets recognize UTF-8 by the byte order mark.
  return `\ufeff${Papa.unparse({ fields, data: lines }, { escapeFormulae: true })}\r\n`;
}
