/** A learner's record, computed from the events in the log. Contains no personal data. */

/** Version of the log and of the report line. */
export const VERSION = 1;

/** Events of the log; the options of a question are numbered from 0. */
export type LearnerEvent =
  | { readonly e: string; readonly ok: 1 }
  /** The learner gave a wrong answer, with the named mistake of the exercise, or '' for an unnamed mistake. */
  | { readonly e: string; readonly m: string }
  | { readonly g: string; readonly o: number }
  | { readonly r: string; readonly o: number }
  /** The learner answered a quiz question: the first opened option. */
  | { readonly q: number; readonly o: number };

/** First line of the log, with a random `id`. */
export interface Head {
  readonly v: number;
  readonly id: string;
}

export interface ExerciseRecord {
  passed: boolean;
  /**
   * Wrong tries before passing. The first try brings a small hint, the second a plainer hint, the third the
   * solution.
   */
  tries: number;
  /** Number of wrong tries by mistake. */
  readonly mistakes: Record<string, number>;
}

export interface LearnerRecord {
  /** Random identifier, eight hexadecimal digits. */
  readonly id: string;
  readonly name?: string | undefined;
  /** Number of events; the record with more events is the newer record of a learner. */
  readonly count: number;
  readonly exercises: Readonly<Record<string, ExerciseRecord>>;
  readonly guesses: Readonly<Record<string, { picked?: number; right?: number }>>;
  readonly quiz: Readonly<Record<string, number>>;
}

/** Maximum number of lines in a log; a damaged line takes some microseconds. */
const MAX_LINES = 20_000;

/** Parses the lines of a log. Skips invalid lines, such as truncated lines. */
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

/**
 * Returns whether a guess, a result or an answer is already in the log. Every execution of the lesson would
 * otherwise add duplicates.
 */
export function isKnown(event: LearnerEvent, events: readonly LearnerEvent[]): boolean {
  if ('e' in event) return false;
  const { guesses, quiz } = learnerOf('', events);
  if ('g' in event) return guesses[event.g]?.picked === event.o;
  return 'r' in event ? guesses[event.r]?.right === event.o : quiz[event.q] !== undefined;
}

/** Counts the wrong tries at an exercise since the last pass. */
export function wrongTries(events: readonly LearnerEvent[], id: string): number {
  const attempts = events.filter(event => 'e' in event && event.e === id);
  return attempts.length - 1 - attempts.map(event => 'ok' in event).lastIndexOf(true);
}
