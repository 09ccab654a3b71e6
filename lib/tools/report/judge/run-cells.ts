/** Runs the cells of one notebook, and keeps its marks. */
import { setTimeout } from 'node:timers/promises';
import { exercises } from 'digits/exercises';
import type { Page } from 'playwright-core';
import type { Messages } from '../../messages/en';
import type { Cell } from './handed-in';
import type { Ran } from './protocol';

export type State = 'passed' | 'wrong' | 'blank' | 'error';

export interface Marks {
  readonly exercises: Record<string, State>;
  readonly mistakes: Record<string, string>;
  readonly notes: Set<string>;
}

type Words = Messages['judge'];

/** Milliseconds for a cell that goes on computing, and for a notebook. */
const [CELL, NOTEBOOK] = [150_000, 420_000];

/** So many cells that have ended their kernel are left out, each in a kernel of its own. */
const MOST_LEFT_OUT = 3;

/** Fails unless the preparation has run, or something in its place. */
const PROBE = 'void [tf, fit, predict, xTrain, yTrain, xTest, yTest, newModel, model];';

/** How the kernel writes that something frozen cannot be changed, in whichever language. */
const FROZEN = /read-only and cannot be changed|not extensible|Cannot (re)?define property/;

/**
 * Runs cells in their order, once each.
 *
 * @param open gives a page whose kernel is new.
 * @param preparation ours, for a notebook without one.
 */
export async function runCells(
  open: () => Promise<Page>,
  cells: readonly Cell[],
  preparation: readonly Cell[],
  language: string,
  words: Words,
): Promise<Marks> {
  const marks: Marks = { exercises: {}, mistakes: {}, notes: new Set() };
  const leftOut = new Set<Cell>();
  const end = performance.now() + NOTEBOOK;

  /** @returns the cell that has ended the kernel. */
  async function attempt(page: Page): Promise<Cell | undefined> {
    await page.evaluate(start, language);
    let isPrepared = false;
    const queue = cells.filter(cell => !leftOut.has(cell));
    for (let cell = queue.shift(); cell; cell = queue.shift()) {
      if (!isPrepared && cell.own.length > 0) {
        isPrepared = true;
        if ((await run(page, PROBE, [], CELL)).end === 'error') {
          marks.notes.add(words.unprepared);
          queue.unshift(...preparation, cell);
          continue;
        }
      }
      const left = end - performance.now();
      if (left < 0) {
        marks.notes.add(words.outOfTime(NOTEBOOK / 60_000, cell.place));
        return undefined;
      }
      const ran = await run(page, cell.code, cell.own, Math.min(CELL, left));
      mark(marks, cell, ran, words);
      if (ran.end !== 'ok' && ran.end !== 'error' && ran.end !== 'stopped') return cell;
    }
    return undefined;
  }

  for (;;) {
    const page = await open();
    const lost = await attempt(page).finally(() => page.context().close());
    if (!lost || leftOut.size === MOST_LEFT_OUT) break;
    leftOut.add(lost);
  }
  for (const { id } of exercises) marks.exercises[id] ??= 'blank';
  return marks;
}

const start = async (language: string): Promise<void> => {
  const { Cells } = window as unknown as {
    Cells: new (language: string) => { sealed: Promise<unknown> };
  };
  const cells = new Cells(language);
  Object.assign(window, { cells });
  await cells.sealed;
};

/** Runs a cell in a page, which may end with it, or no longer answer. */
async function run(page: Page, code: string, own: readonly string[], limit: number): Promise<Ran> {
  const given = [code, limit, own] as const;
  const ran = page.evaluate(given => {
    const { cells } = window as unknown as { cells: { run(...given: unknown[]): Promise<Ran> } };
    return cells.run(...given);
  }, given);
  const lost = { judged: [], noticed: [] };
  const crashed = page
    .waitForEvent('crash', { timeout: 0 })
    .then((): Ran => ({ end: 'crashed', ...lost }));
  const silent = setTimeout<Ran>(2 * limit + 30_000, { end: 'dead', ...lost }, { ref: false });
  crashed.catch(() => {});
  return Promise.race([ran.catch(() => crashed), crashed, silent]);
}

function mark(marks: Marks, { own, place, foreign }: Cell, ran: Ran, words: Words): void {
  const { exercises, mistakes, notes } = marks;
  for (const { id, state, mistake } of ran.judged) {
    if (exercises[id] === 'passed') continue;
    exercises[id] = state === 'right' ? 'passed' : state;
    if (state === 'wrong') mistakes[id] = mistake;
    else delete mistakes[id];
  }
  // What is broken off in the midst of its check is not wrong by that.
  const isBrokenOff = ran.end !== 'ok' && ran.end !== 'error';
  for (const id of own) {
    if (ran.end === 'ok' || exercises[id] === 'passed') continue;
    if (exercises[id] && !isBrokenOff) continue;
    exercises[id] = 'error';
    delete mistakes[id];
  }
  for (const { type, what = '' } of ran.noticed) notes.add(words[type](place, what));
  if (foreign.length > 0) notes.add(words.foreignImport(place, foreign.join(', ')));
  if (ran.end === 'error' && FROZEN.test(ran.evalue ?? '')) notes.add(words.frozen(place));
  if (isBrokenOff) notes.add(words[ran.end as 'stopped'](place));
}
