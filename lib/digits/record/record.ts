/** The record of this learner: what has been tried, and how it ended. It lasts, and never leaves the machine by itself. */
import { messages } from '../language';
import { newId } from '../notebook/display';
import { type LearnerEvent, type LearnerRecord, learnerOf, readLog, VERSION } from './learner';
import * as store from './store';

export const { isKept } = store;

/** What could not be kept lasts as long as the kernel. */
let unkept: LearnerEvent[] = [];
let id = newId().slice(0, 8);
/** Events are noted one after the other. */
let last: Promise<unknown> = Promise.resolve();
/** What is still to be told of the record, once for each kernel. */
let isTold = false;

interface Log {
  readonly id: string;
  readonly events: readonly LearnerEvent[];
  /** What the learner is to be told of it. */
  readonly told?: string | undefined;
}

async function read(): Promise<Log & { readonly text: string; readonly isNewer: boolean }> {
  const text = store.isKept() ? await store.read() : '';
  const { head, events } = readLog(text);
  const isNewer = head !== undefined && head.v > VERSION;
  if (head && !isNewer) id = head.id;
  return { text, isNewer, id, events: [...(isNewer ? [] : events), ...unkept] };
}

async function add(event: LearnerEvent): Promise<Log> {
  const { record } = messages();
  const tell = (words: string | undefined) => {
    if (isTold) return undefined;
    isTold = true;
    return words;
  };
  try {
    const { text, isNewer, events } = await read();
    const log = { id, events: [...events, event] };
    if (isNewer || !store.isKept()) {
      unkept.push(event);
      return { ...log, told: tell(isNewer ? record.newer(store.placeOf()) : undefined) };
    }
    const lines = text === '' ? [{ v: VERSION, id }, event] : [event];
    const start = text === '' || text.endsWith('\n') ? '' : '\n';
    await store.append(`${start}${lines.map(line => `${JSON.stringify(line)}\n`).join('')}`);
    const passed = Object.values(learnerOf(id, events).exercises).filter(each => each.passed);
    const told = events.length > 0 ? record.restored(passed.length, store.placeOf()) : undefined;
    return { ...log, told: tell(told) };
  } catch (error) {
    unkept.push(event);
    return { id, events: unkept, told: tell(record.notKept(String(error), store.placeOf())) };
  }
}

const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
  const result = last.then(work);
  last = result.catch(() => {});
  return result;
};

/** Notes an event. @returns all events, and once for each kernel what is to be told of the record. */
export const note = (event: LearnerEvent): Promise<Log> => inTurn(() => add(event));

/** Returns the record as it is now. */
export const learner = (name?: string): Promise<LearnerRecord> =>
  inTurn(async () => {
    const { events } = await read().catch(() => ({ events: unkept }));
    return { ...learnerOf(id, events), ...(name && { name }) };
  });

/**
 * Clears the record of what you have tried, guessed and answered: the next try begins a new one.
 *
 * @throws Error if the place that holds it cannot be written to.
 * @example
 * await clearRecord();
 */
export const clearRecord = (): Promise<void> =>
  inTurn(async () => {
    await store.clear();
    unkept = [];
    id = newId().slice(0, 8);
    isTold = true;
  });

/** The kernel hands over what is clicked in the page, such as a guess, also what came before this. */
const KEY = Symbol.for('digits.notes');
const host = globalThis as unknown as Record<symbol, { push(event: LearnerEvent): unknown }>;
const early = host[KEY];
host[KEY] = { push: note };
if (Array.isArray(early)) for (const event of early) void note(event);
