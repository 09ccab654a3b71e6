/** Runs the cells of one notebook, watches their time, and keeps the marks. */
import { exercises } from 'digits/exercises';
import type { Page } from 'playwright-core';
import type { Messages } from '../../messages/en';
import type { Cell } from './handed-in';
import type { Given, Ran } from './worker';

export type State = 'passed' | 'wrong' | 'blank' | 'error';

export interface Marks {
  readonly exercises: Record<string, State>;
  readonly mistakes: Record<string, string>;
  readonly notes: Set<string>;
}

/** Milliseconds in which nothing is computed, for a cell, and for a notebook; and for a stopped cell to end. */
const [SILENCE, CELL, NOTEBOOK, PATIENCE] = [30_000, 300_000, 600_000, 3000];

/** So many cells that have ended their kernel are left out, each in a kernel of its own. */
const MOST_LEFT_OUT = 3;

/** How the kernel writes that something frozen cannot be changed, in whichever language. */
const FROZEN = /read-only and cannot be changed|not extensible|Cannot (re)?define property/;

type Words = Messages['judge'];

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
  words: Words,
): Promise<Marks> {
  const marks: Marks = { exercises: {}, mistakes: {}, notes: new Set() };
  const end = performance.now() + NOTEBOOK;
  let left = [...cells];
  for (let tries = 0; left.length > 0 && tries <= MOST_LEFT_OUT; tries++) {
    let ran = 0;
    let [began, heard, stopped] = [performance.now(), performance.now(), 0];
    let lose = (_: Lost | undefined) => {};
    let fail = (_: Error) => {};
    const lost = new Promise<Lost | undefined>((resolve, reject) => {
      [lose, fail] = [resolve, reject];
    });
    const page = await open(said => {
      heard = performance.now();
      if (said === 'closed') return lose(said);
      if (said === 'here') return;
      mark(marks, left[ran] as Cell, said, stopped > 0, words);
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
    for (const id of cell.own) if (marks.exercises[id] !== 'passed') marks.exercises[id] = 'error';
    marks.notes.add(words[why](cell.place, NOTEBOOK / 60_000));
    if (tries === MOST_LEFT_OUT) marks.notes.add(words.givenUp(cell.place));
    if (why === 'outOfTime') break;
    left = left.filter(each => each !== cell);
  }
  for (const { id } of exercises) marks.exercises[id] ??= 'blank';
  return marks;
}

declare const begin: (given: Given) => void;

function mark(marks: Marks, cell: Cell, ran: Ran, isStopped: boolean, words: Words): void {
  const { own, place, foreign } = cell;
  const { exercises, mistakes, notes } = marks;
  for (const { id, state, mistake } of ran.judged) {
    if (exercises[id] === 'passed') continue;
    exercises[id] = state === 'right' ? 'passed' : state;
    delete mistakes[id];
    if (state === 'wrong') mistakes[id] = mistake;
  }
  for (const id of own) {
    // What is stopped in the midst of its check is not wrong by that.
    const isJudged = ran.isOk || ran.judged.some(each => each.id === id);
    if (exercises[id] === 'passed' || (isJudged && !isStopped)) continue;
    exercises[id] = 'error';
    delete mistakes[id];
  }
  for (const { type, what } of ran.noticed) notes.add(words[type](place, what));
  if (foreign.length > 0) notes.add(words.foreignImport(place, foreign.join(', ')));
  if (FROZEN.test(ran.error)) notes.add(words.frozen(place));
  if (isStopped) notes.add(words.stopped(place));
}
