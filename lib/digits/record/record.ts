/** The record of this learner: what has been tried, and how it ended. It lasts, and never leaves the machine by itself. */
import { messages } from '../language';
import { newId } from '../notebook/display';
import { type DrawingNote, forgetDrawing, takeDrawing } from './drawing';
import {
  isKnown,
  type LearnerEvent,
  type LearnerRecord,
  learnerOf,
  readLog,
  VERSION,
} from './learner';
import * as store from './store';

export const { isKept } = store;

/** What could not be kept lasts as long as the kernel. */
let unkept: LearnerEvent[] = [];
let id = newId().slice(0, 8);
/** Events are noted one after the other. */
let last: Promise<unknown> = Promise.resolve();
/** How many events there were when the kernel began. */
let before: number | undefined;
/** What the learner was told of the record, each once for each kernel. */
const told = new Set<'restored' | 'newer' | 'notKept'>();

interface Log {
  readonly id: string;
  readonly events: readonly LearnerEvent[];
  /** What the learner is to be told of it. */
  readonly told?: string | undefined;
}

async function add(event: LearnerEvent | undefined, isShown: boolean): Promise<Log> {
  const { record } = messages();
  const once = (what: 'restored' | 'newer' | 'notKept', words: string) => {
    if (!isShown || told.has(what)) return undefined;
    told.add(what);
    return words;
  };
  let events: readonly LearnerEvent[] = [...unkept];
  try {
    const text = store.isKept() ? await store.read() : '';
    const { head, events: kept } = readLog(text);
    const isNewer = head !== undefined && head.v > VERSION;
    if (head && !isNewer) id = head.id;
    events = [...(isNewer ? [] : kept), ...unkept];
    before ??= events.length;
    if (!event || isKnown(event, events)) return { id, events };
    const log = { id, events: [...events, event] };
    if (isNewer || !store.isKept()) {
      unkept.push(event);
      return isNewer ? { ...log, told: once('newer', record.newer(store.placeOf())) } : log;
    }
    const lines = head ? [event] : [{ v: VERSION, id }, event];
    const start = text === '' || text.endsWith('\n') ? '' : '\n';
    await store.append(`${start}${lines.map(line => `${JSON.stringify(line)}\n`).join('')}`);
    if (before === 0) return log;
    const passed = Object.values(learnerOf(id, events).exercises).filter(each => each.passed);
    return { ...log, told: once('restored', record.restored(passed.length, store.placeOf())) };
  } catch (error) {
    if (!event) return { id, events };
    unkept.push(event);
    const words = record.notKept(String(error), store.placeOf());
    return { id, events: [...events, event], told: once('notKept', words) };
  }
}

const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
  const result = last.then(work);
  last = result.catch(() => {});
  return result;
};

/**
 * Notes an event, if there is one.
 *
 * @param isShown whether the learner is shown what is told of the record.
 * @returns all events, and what is told, each once for each kernel.
 */
export const note = (event?: LearnerEvent, isShown = false): Promise<Log> =>
  inTurn(() => add(event, isShown));

/** Returns the record as it is now. */
export async function learner(name?: string): Promise<LearnerRecord> {
  const { id, events } = await note();
  return { ...learnerOf(id, events), ...(name && { name }) };
}

/**
 * Clears the record of what you have tried, guessed, answered and drawn: the next try begins a new one.
 *
 * @throws Error if the place that holds it cannot be written to.
 * @example
 * await clearRecord();
 */
export const clearRecord = (): Promise<void> =>
  inTurn(async () => {
    await forgetDrawing();
    await store.clear();
    unkept = [];
    id = newId().slice(0, 8);
    before = 0;
  });

/** The kernel hands over what is clicked in the page, such as a guess, also what came before this. */
const KEY = Symbol.for('digits.notes');
type Note = LearnerEvent | DrawingNote;
const push = (event: Note): unknown => ('d' in event ? takeDrawing(event) : note(event));
const host = globalThis as unknown as Record<symbol, { push: typeof push }>;
const early = host[KEY];
host[KEY] = { push };
if (Array.isArray(early)) for (const event of early) push(event);
