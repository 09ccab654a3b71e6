/** Computes what a teacher sees of a class. */
import Papa from 'papaparse';
import type { Texts } from './catalogue';
import type { Learner } from './read';

export interface Row extends Learner {
  /** The learner's own, or that of the file; of several learners of one name the others have a number. */
  readonly name: string;
  readonly passed: number;
}

const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor((sorted.length - 1) / 2)] ?? 0;
};

/** Lists the learners by name, each with the number of exercises passed. */
export function rowsOf(learners: readonly Learner[]): Row[] {
  const seen = new Map<string, number>();
  const named = learners.map(learner => {
    const own = learner.record.name ?? learner.source.replace(/^.*[\\/]|\.ipynb$/g, '');
    const name = own || learner.record.id.slice(0, 4);
    const count = (seen.get(name) ?? 0) + 1;
    seen.set(name, count);
    const passed = Object.values(learner.record.exercises).filter(each => each.passed).length;
    return { ...learner, name: count > 1 ? `${name} (${count})` : name, passed };
  });
  return named.sort((a, b) => a.name.localeCompare(b.name, undefined, { numeric: true }));
}

/** Sums up each exercise: who passed, with how many tries, and which mistakes were made by how many. */
export const exercisesOf = (rows: readonly Row[], texts: Texts) =>
  texts.exercises.map(({ id, title, mistakes }) => {
    const done = rows.flatMap(({ record }) => record.exercises[id] ?? []);
    const passed = done.filter(each => each.passed);
    const counts = new Map<string, number>();
    for (const name of done.flatMap(each => Object.keys(each.mistakes))) {
      counts.set(name, (counts.get(name) ?? 0) + 1);
    }
    const common = [...counts].sort(([, a], [, b]) => b - a);
    return {
      ...{ id, title, tried: done.length, passed: passed.length },
      tries: median(passed.map(({ tries }) => tries + 1)),
      mistakes: common.map(([name, learners]) => ({ words: mistakes[name] ?? name, learners })),
    };
  });

/** Counts how often each option of the guesses was picked, and how often it was what came out. */
export const guessesOf = (rows: readonly Row[], texts: Texts) =>
  texts.guesses.map(({ id, asks, options }) => {
    const made = rows.flatMap(({ record }) => record.guesses[id] ?? []);
    const count = (of: 'picked' | 'right', at: number) =>
      made.filter(each => each[of] === at && each.picked !== undefined).length;
    return {
      asks,
      options: options.map((says, at) => ({
        ...{ says, picked: count('picked', at), right: count('right', at) },
      })),
    };
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

/** Writes a table for spreadsheets: what begins as a formula is none in it. */
export function csvOf(
  rows: readonly Row[],
  texts: Texts,
  heads: Record<'name' | 'passed', string>,
) {
  const ids = texts.exercises.map(({ id }) => id);
  const lines = rows.map(({ name, passed, record }) => [
    ...[name, passed],
    ...ids.flatMap((id): (string | number)[] => {
      const { passed, tries } = record.exercises[id] ?? {};
      return passed === undefined ? ['', ''] : [Number(passed), tries ?? 0];
    }),
  ]);
  const fields = [heads.name, heads.passed, ...ids.flatMap(id => [id, `${id} ✗`])];
  // Spreadsheets know UTF-8 by the mark at its beginning.
  return `\ufeff${Papa.unparse({ fields, data: lines }, { escapeFormulae: true })}\r\n`;
}
