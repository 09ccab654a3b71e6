/** Runs the cells of one notebook, watches their time, and keeps the marks. */
import { isBuiltin } from 'node:module';
import type { ExerciseRecord } from 'digits/record/learner';
import type { Page } from 'playwright-core';
import type { Messages } from '../../messages/en';
import type { Cell } from '../read';
import type { Given, Ran } from './worker';

export interface Marks {
  /** Those that were tried, as in a learner's record: a mistake without a name, and code that stopped, is ''. */
  readonly exercises: Record<string, ExerciseRecord>;
  /** What the teacher should know, a sentence each. */
  readonly notes: readonly string[];
}

/** Milliseconds in which nothing is computed, for a cell, and for a notebook; and for a stopped cell to end. */
const [SILENCE, CELL, NOTEBOOK, PATIENCE] = [30_000, 300_000, 600_000, 3000];

/** So many cells that have ended their kernel are left out, each in a kernel of its own. */
const MOST_LEFT_OUT = 3;

/** How the kernel writes that something frozen cannot be changed, in whichever language. */
const FROZEN = /read-only and cannot be changed|not extensible|Cannot (re)?define property/;

const IMPORTS = /(?:\bfrom|\bimport|\brequire)\s*\(?\s*['"`]([^'"`]+)['"`]/g;

/** How a kernel ends that has not run all cells. */
type Lost = 'closed' | 'crashed' | 'dead' | 'outOfTime';

/**
 * Runs cells in their order, once each.
 *
 * @param open gives a page with a new kernel, and has `tell` called by it.
 * @param preparation ours, for a notebook without one.
 */
export async function runCells(
  open: (tell: (said: Ran | 'here' | 'closed') => void) => Promise<Page>,
  cells: readonly Cell[],
  preparation: Given['preparation'],
  words: Messages['judge'],
): Promise<Marks> {
  const exercises: Marks['exercises'] = {};
  const notes = new Set<string>();
  const placeOf = (cell: Cell) =>
    cell.own.length > 0
      ? words.ofExercise(cell.own.join(', '))
      : words.numbered(cells.indexOf(cell) + 1);

  /** Marks an exercise as wrong, unless it has passed. */
  function refute(id: string, mistake = ''): void {
    if (exercises[id]?.passed) return;
    exercises[id] = { passed: false, tries: 1, mistakes: { [mistake]: 1 } };
  }

  function hear(cell: Cell, { isOk, error, judged, noticed }: Ran, isStopped: boolean): void {
    const place = placeOf(cell);
    for (const { id, state, mistake } of judged) {
      if (state === 'right') exercises[id] = { passed: true, tries: 0, mistakes: {} };
      if (state === 'wrong') refute(id, mistake);
    }
    // What is stopped in the midst of its check is not wrong by that.
    const isJudged = (id: string) => isOk || judged.some(each => each.id === id);
    for (const id of cell.own) if (isStopped || !isJudged(id)) refute(id);
    for (const { type, what } of noticed) notes.add(words[type](place, what));
    const imported = [...cell.code.matchAll(IMPORTS)].map(([, name = '']) => name);
    const foreign = imported.filter(name => isBuiltin(name) || /^\w+:/.test(name));
    if (foreign.length > 0) notes.add(words.foreignImport(place, foreign.join(', ')));
    if (FROZEN.test(error)) notes.add(words.frozen(place));
    if (isStopped) notes.add(words.stopped(place));
  }

  const end = performance.now() + NOTEBOOK;
  let left = [...cells];
  for (let tries = 0; left.length > 0 && tries <= MOST_LEFT_OUT; tries++) {
    let [ran, began, heard, stopped] = [0, performance.now(), performance.now(), 0];
    let lose = (_: Lost | undefined) => {};
    let fail = (_: Error) => {};
    const lost = new Promise<Lost | undefined>((resolve, reject) => {
      [lose, fail] = [resolve, reject];
    });
    const page = await open(said => {
      heard = performance.now();
      if (said === 'closed') return lose(said);
      if (said === 'here') return;
      hear(left[ran] as Cell, said, stopped > 0);
      [began, stopped] = [heard, 0];
      if (++ran === left.length) lose(undefined);
    });
    page.once('crash', () => lose('crashed'));
    page.once('close', () => fail(new Error(words.noBrowser)));
    const watch = setInterval(() => {
      const now = performance.now();
      if (now > end) return lose('outOfTime');
      if (stopped > 0) return now - stopped > PATIENCE && lose('dead');
      if (now - began < CELL && now - heard < SILENCE) return;
      stopped = now;
      page.evaluate('interrupt()').catch(() => {});
    }, 500);
    page.evaluate(given => begin(given), { cells: left, preparation }).catch(() => {});
    const why = await lost.finally(() => clearInterval(watch));
    await page.context().close();
    const cell = left[ran];
    if (!why || !cell) break;
    for (const id of cell.own) refute(id);
    notes.add(words[why](placeOf(cell), NOTEBOOK / 60_000));
    if (tries === MOST_LEFT_OUT) notes.add(words.givenUp(placeOf(cell)));
    if (why === 'outOfTime') break;
    left = left.filter(each => each !== cell);
  }
  return { exercises, notes: [...notes] };
}

declare const begin: (given: Given) => void;
