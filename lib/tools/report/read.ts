/** Reads what learners hand in, as lines or as notebooks: their records, and what is wrong with the rest. */
import { type LearnerRecord, learnerOf, readLog, VERSION } from 'digits/record/learner';
import { type Found, findLines, type Names } from 'digits/record/line';

/** The most letters of a notebook; one with all its figures has a tenth. */
export const MOST_LETTERS = 20_000_000;

/** Tells by the bytes of a file that it need not be read. */
export const isTooLarge = (bytes: number): boolean => bytes > 4 * MOST_LETTERS;

export interface HandIn {
  /** The file's name, or what the text was pasted as. */
  readonly source: string;
  /** Undefined if it is too large to be read. */
  readonly text: string | undefined;
}

export interface Learner {
  readonly source: string;
  readonly record: LearnerRecord;
}

export type ProblemKind =
  | Extract<Found, { problem: unknown }>['problem']
  | 'doubled'
  | 'empty'
  | 'noLine'
  | 'noNotebook'
  | 'noOutputs'
  | 'note'
  | 'older'
  | 'otherLesson'
  | 'redefined'
  | 'tooLarge';

export interface Problem {
  readonly source: string;
  readonly kind: ProblemKind;
  /** What is said of it in place of what is said of its kind. */
  readonly words?: string;
}

/** What the hand-ins of a class hold: of each learner the latest record. */
export interface Class {
  readonly learners: readonly Learner[];
  readonly problems: readonly Problem[];
}

/** Reads all hand-ins; what is wrong with one is named, and changes nothing of the others. */
export function readHandIns(handIns: readonly HandIn[], names: Names): Class {
  const latest = new Map<string, Learner>();
  const problems: Problem[] = [];
  for (const { source, text } of handIns) {
    const name = (kind: ProblemKind) => problems.push({ source, kind });
    const { lines, wrong } = readHandIn({ source, text }, names);
    for (const kind of wrong) name(kind);
    for (const record of lines) {
      const other = latest.get(record.id);
      if (other) name(other.record.count === record.count ? 'doubled' : 'older');
      if (!other || other.record.count < record.count) latest.set(record.id, { source, record });
    }
  }
  return { learners: [...latest.values()], problems };
}

interface Read {
  readonly lines: readonly LearnerRecord[];
  readonly wrong: readonly ProblemKind[];
}

function readHandIn({ source, text }: HandIn, names: Names): Read {
  if (text === undefined || text.length > MOST_LETTERS) return { lines: [], wrong: ['tooLarge'] };
  const isNotebook = source.endsWith('.ipynb') || /^\s*\{\s*"/.test(text);
  if (/^\{"v":\d+,"id":/.test(text)) return readRecord(text);
  if (isNotebook) return readNotebook(text, names);
  const found = findLines(text, names);
  const none: ProblemKind[] = text.trim() ? ['noLine'] : ['empty'];
  return found.length > 0 ? sorted(found) : { lines: [], wrong: none };
}

/** Reads a learner's log itself, of which a classroom's hub hears. */
function readRecord(text: string): Read {
  const { head, events } = readLog(text);
  if (!head) return { lines: [], wrong: ['damaged'] };
  if (head.v > VERSION) return { lines: [], wrong: ['newer'] };
  return { lines: [learnerOf(head.id, events)], wrong: [] };
}

const isRecord = (found: Found): found is LearnerRecord => !('problem' in found);
const sorted = (found: readonly Found[]): Read => ({
  lines: found.filter(isRecord),
  wrong: found.flatMap(each => (isRecord(each) ? [] : each.problem)),
});

/** Defines `check` anew: whatever it then shows is not the lesson's. */
const REDEFINED = /\b(?:const|let|var|function|class)\s+check\b|(?<![\w.])check\s*=(?!=)/;

/** Takes the last of a notebook's lines, of which each output of `check` holds one. */
function readNotebook(text: string, names: Names): Read {
  let cells: { source?: unknown; outputs?: unknown[] }[];
  try {
    ({ cells } = JSON.parse(text));
    if (!Array.isArray(cells)) throw new TypeError();
  } catch {
    return { lines: [], wrong: ['noNotebook'] };
  }
  const code = cells.map(({ source }) => [source].flat().join('')).join('\n');
  const found = sorted(findLines(JSON.stringify(cells.map(({ outputs }) => outputs)), names));
  const [last] = [...found.lines].sort((a, b) => b.count - a.count);
  const redefined: ProblemKind[] = REDEFINED.test(code) ? ['redefined'] : [];
  if (last) return { lines: [last], wrong: redefined };
  if (found.wrong[0]) return { lines: [], wrong: [found.wrong[0]] };
  const isOurs = /\bcheck\s*\(/.test(code);
  return { lines: [], wrong: [...redefined, isOurs ? 'noOutputs' : 'otherLesson'] };
}
