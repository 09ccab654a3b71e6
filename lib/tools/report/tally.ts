/** Computes what a teacher sees of a class. */
import Papa from 'papaparse';
import type { Texts } from './catalogue';
import type { Learner } from './learners';

export interface Row extends Learner {
  /** The learner's own, or that of the file; of several learners of one name the others have a number. */
  readonly name: string;
  readonly passed: number;
}

/** Lists the learners by name, each with the number of exercises passed. */
export function rowsOf(learners: readonly Learner[]): Row[] {
  const seen = new Map<string, number>();
  const named = learners.map(learner => {
    const file = learner.source.replace(/^(?:.*[\\/])?([^\\/]+)\.(?:ipynb|txt)$/, '$1');
    const own = learner.record.name ?? file;
    const name = own || learner.record.id.slice(0, 4);
    const count = (seen.get(name) ?? 0) + 1;
    seen.set(name, count);
    const passed = Object.values(learner.record.exercises).filter(each => each.passed).length;
    return { ...learner, name: count > 1 ? `${name} (${count})` : name, passed };
  });
  return named.sort((a, b) => a.name.localeCompare(b.name, undefined, { numeric: true }));
}

/** Sums up each exercise: who passed, the median of their tries, and which mistakes were made by how many. */
export const exercisesOf = (rows: readonly Row[], texts: Texts) =>
  texts.exercises.map(({ id, title, mistakes }) => {
    const done = rows.flatMap(({ record }) => record.exercises[id] ?? []);
    const passed = done.filter(each => each.passed);
    const tries = passed.map(({ tries }) => tries + 1).sort((a, b) => a - b);
    const made = done.flatMap(each => Object.keys(each.mistakes));
    const common = [...new Set(made)].map(name => {
      const learners = made.filter(each => each === name).length;
      return { words: mistakes[name] ?? name, learners };
    });
    return {
      ...{ id, title, tried: done.length, passed: passed.length },
      tries: tries[(tries.length - 1) >> 1] ?? 0,
      mistakes: common.sort((a, b) => b.learners - a.learners),
    };
  });

/** Counts how often each option of the guesses was picked, and how often it was what came out. */
export const guessesOf = (rows: readonly Row[], texts: Texts) =>
  texts.guesses.map(({ id, asks, options }) => {
    const guesses = rows.flatMap(({ record }) => record.guesses[id] ?? []);
    const made = guesses.filter(({ picked }) => picked !== undefined);
    const count = (of: 'picked' | 'right', at: number) =>
      made.filter(each => each[of] === at).length;
    const counted = options.map((says, at) => {
      return { says, picked: count('picked', at), right: count('right', at) };
    });
    return { asks, made: made.length, options: counted };
  });

/** Lists the questions of the quiz, first the one that most missed. */
export const quizOf = (rows: readonly Row[], texts: Texts) =>
  texts.quiz
    .map(({ asks, options, right }, at) => {
      const answers = rows.flatMap(({ record }) => record.quiz[at] ?? []);
      const missed = answers.filter(option => option !== right).length;
      return { asks, right: options[right] ?? '', answered: answers.length, missed };
    })
    .sort((a, b) => b.missed - a.missed);

/** Writes a table for spreadsheets, of the exercises that somebody has tried: what begins as a formula is none in it. */
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
  // Spreadsheets know UTF-8 by the mark at its beginning.
  return `\ufeff${Papa.unparse({ fields, data: lines }, { escapeFormulae: true })}\r\n`;
}
