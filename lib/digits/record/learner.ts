/** A learner's record as it is read from the events of its log. It names nobody. */

/** The version of the log, and of the line that is made of it. */
export const VERSION = 1;

/** The question's options are counted from 0. */
export type LearnerEvent =
  /** An exercise was passed. */
  | { readonly e: string; readonly ok: 1 }
  /** An answer was wrong, by which mistake of the exercise's text; '' if by none that has a name. */
  | { readonly e: string; readonly m: string }
  /** A guess was made. */
  | { readonly g: string; readonly o: number }
  /** What a guess came to. */
  | { readonly r: string; readonly o: number }
  /** A question of the quiz was answered: the option that was opened first. */
  | { readonly q: number; readonly o: number };

/** The head of the log: `id` is drawn when it begins. */
export interface Head {
  readonly v: number;
  readonly id: string;
}

export interface ExerciseRecord {
  passed: boolean;
  /** Wrong tries before it was passed. The first brings a small hint, the second a plainer one, the third the solution. */
  tries: number;
  /** How many of these were which mistake. */
  readonly mistakes: Record<string, number>;
}

/** What a learner has done. */
export interface LearnerRecord {
  /** Eight hexadecimal digits that tell two learners apart. */
  readonly id: string;
  readonly name?: string | undefined;
  /** How many events it is made of: of two records of one learner the longer is the later. */
  readonly count: number;
  readonly exercises: Readonly<Record<string, ExerciseRecord>>;
  readonly guesses: Readonly<Record<string, { picked?: number; right?: number }>>;
  readonly quiz: Readonly<Record<string, number>>;
}

/** Lines of the longest log that is read: each damaged line takes some microseconds. */
const MAX_LINES = 20_000;

/** Reads the lines of a log; of what is none, such as half a line, nothing is kept. */
export function readLog(text: string): { head?: Head; events: LearnerEvent[] } {
  const items = text.split('\n', MAX_LINES).flatMap((line): unknown[] => {
    try {
      return [JSON.parse(line)];
    } catch {
      return [];
    }
  });
  const objects = items.filter(item => item !== null && typeof item === 'object');
  const isHead = (item: object): item is Head => 'v' in item && 'id' in item;
  const head = objects.find(isHead);
  return { ...(head && { head }), events: objects.filter(isEvent) };
}

function isEvent(item: object): item is LearnerEvent {
  const { e, m, ok, g, r, q, o } = item as Record<string, unknown>;
  if (/^\d+\.\d+$/.test(String(e))) return ok === 1 || typeof m === 'string';
  const isQuestion = typeof g === 'string' || typeof r === 'string' || typeof q === 'number';
  return isQuestion && typeof o === 'number' && o >= 0 && o < 7;
}

/** Sums events up. */
export function learnerOf(id: string, events: readonly LearnerEvent[]): LearnerRecord {
  const exercises: Record<string, ExerciseRecord> = {};
  const guesses: Record<string, { picked?: number; right?: number }> = {};
  const quiz: Record<string, number> = {};
  for (const event of events) {
    if ('g' in event) guesses[event.g] = { ...guesses[event.g], picked: event.o };
    else if ('r' in event) guesses[event.r] = { ...guesses[event.r], right: event.o };
    else if ('q' in event) quiz[event.q] ??= event.o;
    else {
      exercises[event.e] ??= { passed: false, tries: 0, mistakes: {} };
      const exercise = exercises[event.e] as ExerciseRecord;
      if ('ok' in event) exercise.passed = true;
      else if (!exercise.passed) {
        exercise.tries++;
        exercise.mistakes[event.m] = (exercise.mistakes[event.m] ?? 0) + 1;
      }
    }
  }
  return { id, count: events.length, exercises, guesses, quiz };
}

/** Tells whether a guess, what it came to or an answer stands there already: each run of the lesson would add them. */
export function isKnown(event: LearnerEvent, events: readonly LearnerEvent[]): boolean {
  if ('e' in event) return false;
  const { guesses, quiz } = learnerOf('', events);
  if ('g' in event) return guesses[event.g]?.picked === event.o;
  return 'r' in event ? guesses[event.r]?.right === event.o : quiz[event.q] !== undefined;
}

/** Counts the wrong tries at an exercise since it was passed last. */
export function wrongTries(events: readonly LearnerEvent[], id: string): number {
  const own = events.filter(event => 'e' in event && event.e === id);
  return own.length - 1 - own.map(event => 'ok' in event).lastIndexOf(true);
}
