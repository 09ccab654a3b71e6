/** Stores this learner's progress. The record lasts, and stays on this machine unless the learner shares it. */
import { messages } from '../language';
import { newId } from '../notebook/display';
import { type DrawingNote, forgetDrawing, takeDrawing } from './drawing';
import { isKnown, type LearnerEvent, learnerOf, readLog, VERSION } from './learner';
import { inTurn } from './queue';
import * as store from './store';

export const { isKept } = store;

/** Events that could not be stored; lost when the kernel ends. */
let unkept: LearnerEvent[] = [];
let id = newId().slice(0, 8);
/** Number of events at the start of the kernel. */
let initialCount: number | undefined;
/** Messages already shown to the learner, once per kernel. */
const shownNotices = new Set<'restored' | 'newer' | 'notKept'>();

interface Log {
  readonly id: string;
  readonly events: readonly LearnerEvent[];
  readonly told?: string | undefined;
}

async function add(event: LearnerEvent | undefined, isShown: boolean): Promise<Log> {
  const { record } = messages();
  const once = (what: 'restored' | 'newer' | 'notKept', words: string) => {
    if (!isShown || shownNotices.has(what)) return undefined;
    shownNotices.add(what);
    return words;
  };
  let events: readonly LearnerEvent[] = [...unkept];
  try {
    const text = await store.read('log');
    const { head, events: stored } = readLog(text);
    const isNewer = head !== undefined && head.v > VERSION;
    if (head && !isNewer) id = head.id;
    events = [...(isNewer ? [] : stored), ...unkept];
    initialCount ??= events.length;
    if (!event || isKnown(event, events)) return { id, events };
    const log = { id, events: [...events, event] };
    if (isNewer || !store.isKept()) {
      unkept.push(event);
      return isNewer ? { ...log, told: once('newer', record.newer(store.placeOf())) } : log;
    }
    const lines = head ? [event] : [{ v: VERSION, id }, event];
    const start = text === '' || text.endsWith('\n') ? '' : '\n';
    await store.append(`${start}${lines.map(line => `${JSON.stringify(line)}\n`).join('')}`);
    if (initialCount === 0) return log;
    const passed = Object.values(learnerOf(id, events).exercises).filter(
      exercise => exercise.passed,
    );
    return { ...log, told: once('restored', record.restored(passed.length, store.placeOf())) };
  } catch (error) {
    if (!event) return { id, events };
    unkept.push(event);
    const words = record.notKept(String(error), store.placeOf());
    return { id, events: [...events, event], told: once('notKept', words) };
  }
}

/**
 * Stores an event, if given.
 *
 * @param isShown whether the learner sees the returned message.
 * @returns all events, and a message for the learner, at most once per kernel.
 */
export const note = (event?: LearnerEvent, isShown = false): Promise<Log> =>
  inTurn(() => add(event, isShown));

export async function learner(name?: string) {
  const { id, events } = await note();
  return { ...learnerOf(id, events), ...(name && { name }) };
}

/**
 * Clears the record of your tries, guesses, answers and drawings. The next try starts a new record.
 *
 * @throws Error if the storage is not writable.
 * @example
 * await clearRecord();
 */
export const clearRecord = (): Promise<void> =>
  inTurn(async () => {
    forgetDrawing();
    await store.clear();
    unkept = [];
    id = newId().slice(0, 8);
    initialCount = 0;
  });

/** Receives clicks in the page, such as guesses, from the kernel, including clicks before this import. */
const KEY = Symbol.for('digits.notes');
type Note = LearnerEvent | DrawingNote;
const push = (event: Note): unknown => ('d' in event ? takeDrawing(event) : note(event));
const host = globalThis as unknown as Record<symbol, { push: typeof push }>;
const early = host[KEY];
host[KEY] = { push };
if (Array.isArray(early)) for (const event of early) push(event);
