/** Reads what learners hand in, as lines or as notebooks: their records, and what is wrong with the rest. */
import { type LearnerRecord, learnerOf, readLog, VERSION } from 'digits/record/learner';
import { findLines, HEAD, type Names } from 'digits/record/line';
import type { en } from './page/messages/en';

/** The most letters of which outputs are read; a notebook with all its figures has a tenth. */
export const MOST_LETTERS = 20_000_000;

/** What is wrong with a hand-in, by the names of the page's sentences. */
export type ProblemKind = keyof typeof en.kinds;

export interface HandIn {
  /** The file's name, or what the text was pasted as. */
  readonly source: string;
  /** Undefined if it was not read, as `problem` says. */
  readonly text?: string;
  readonly problem?: ProblemKind;
}

export interface Learner {
  readonly source: string;
  readonly record: LearnerRecord;
}

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

export interface Cell {
  readonly code: string;
  /** The exercises that it hands to `check`. */
  readonly own: readonly string[];
}

/** Something in a text, and what stands before it there, such as a chat's name and time. */
interface Sent {
  readonly sender?: string;
}

/** What a hand-in holds. */
export interface Read {
  readonly records: readonly (LearnerRecord & Sent)[];
  readonly wrong: readonly ({ readonly kind: ProblemKind } & Sent)[];
  /** Sentences on it. */
  readonly notes?: readonly string[];
  /** Those of a notebook of this lesson, to be run. */
  readonly cells: readonly Cell[];
  /** The exercises that its outputs say have passed; undefined if it has no outputs. */
  readonly claimed?: readonly string[] | undefined;
}

export type Reads = readonly (readonly [source: string, read: Read])[];

/** Reads all hand-ins; what is wrong with one is named, and changes nothing of the others. */
export const readHandIns = (handIns: readonly HandIn[], names: Names): Class =>
  classOf(handIns.map(handIn => [handIn.source, readHandIn(handIn, names)]));

/** Puts together what was read. */
export function classOf(reads: Reads): Class {
  const latest = new Map<string, Learner>();
  const problems: Problem[] = [];
  for (const [source, { records, wrong, notes = [] }] of reads) {
    for (const { kind, sender } of wrong) {
      problems.push({ source: sender ? `${source}: ${sender}` : source, kind });
    }
    for (const words of notes) problems.push({ source, kind: 'note', words });
    for (const { sender, ...record } of records) {
      const other = latest.get(record.id)?.record;
      if (other) {
        const kind = other.count === record.count ? 'doubled' : 'older';
        const [place, name] = [sender || source, record.name];
        problems.push({ source: name && name !== place ? `${name} (${place})` : place, kind });
      }
      const isLater = !other || later(record, other) < 0;
      if (isLater) latest.set(record.id, { source: sender || source, record });
    }
  }
  const learners = [...latest.values()];
  const names = learners.flatMap(({ record }) => record.name ?? []);
  for (const source of new Set(names.filter((name, at) => names.indexOf(name) !== at))) {
    problems.push({ source, kind: 'sameName' });
  }
  return { learners, problems: together(problems) };
}

/** Puts the later of a learner's records first; of two that are as late, the one that has the name. */
const later = (a: LearnerRecord, b: LearnerRecord): number =>
  b.count - a.count || Number(!a.name) - Number(!b.name);

/** Says of all sources at once what is the same of each. */
function together(problems: readonly Problem[]): Problem[] {
  const found = new Map<string, Problem[]>();
  for (const problem of problems) {
    const { kind, words = kind } = problem;
    found.set(words, [...(found.get(words) ?? []), problem]);
  }
  return Array.from(found.values(), same => ({
    ...(same[0] as Problem),
    source: [...new Set(same.map(({ source }) => source))].join('; '),
  }));
}

/** Takes a file in, unless its bytes say that it is too large, or it cannot be read, as a folder cannot. */
export async function handInOf(source: string, file: Pick<Blob, 'size' | 'text'>): Promise<HandIn> {
  if (file.size > 4 * MOST_LETTERS) return { source, problem: 'tooLarge' };
  return file.text().then(
    text => ({ source, text }),
    () => ({ source, problem: 'unreadable' }),
  );
}

/** Reads one hand-in: a learner's log, a notebook, or a text with lines in it. */
export function readHandIn({ source, text = '', problem }: HandIn, names: Names): Read {
  const none = (kind: ProblemKind): Read => ({ records: [], wrong: [{ kind }], cells: [] });
  if (problem) return none(problem);
  if (!text.trim()) return none('empty');
  if (/^\{"v":\d+,"id":/.test(text)) {
    // A classroom's hub hears of the log itself.
    const { head, events } = readLog(text);
    if (!head || head.v > VERSION) return none(head ? 'newer' : 'damaged');
    return { records: [learnerOf(head.id, events)], wrong: [], cells: [] };
  }
  if (source.endsWith('.ipynb') || /^\s*\{\s*"/.test(text)) {
    return readNotebook(text, names) ?? none('noNotebook');
  }
  if (text.length > MOST_LETTERS) return none('tooLarge');
  const found = recordsIn(text, names);
  return found.records.length + found.wrong.length > 0 ? { ...found, cells: [] } : none('noLine');
}

function recordsIn(text: string, names: Names): Pick<Read, 'records' | 'wrong'> {
  const senders = sendersIn(text);
  const found = findLines(text, names).map((each, at) => ({ ...each, sender: senders[at] ?? '' }));
  return {
    records: found.flatMap(each => ('problem' in each ? [] : each)),
    wrong: found.flatMap(each =>
      'problem' in each ? { kind: each.problem, sender: each.sender } : [],
    ),
  };
}

/** As chats write it, behind a name or before it, with or without the day. */
const TIME = /\[?(?:\d[\d./-]{5,9},? )?\d{1,2}:\d\d(?::\d\d)?(?: ?[AP]M)?\]?/i;

const bare = (words: string): string => words.replace(/^[\s>*_–-]+|[\s>*_"“”'‘’`:,([–-]+$/g, '');

/** Finds who sent each line, by what stands before it in its paragraph and behind the line above. */
function sendersIn(text: string): string[] {
  // Between two heads stand the version and the length of the first.
  const parts = text.normalize('NFKC').split(HEAD);
  const between = parts.filter((_, at) => at % 3 === 0).slice(0, -1);
  return between.map((part, at) => {
    const own = at > 0 ? part.replace(/^\s*\S+/, '') : part;
    const paragraph =
      own
        .trimEnd()
        .split(/\n\s*\n/)
        .at(-1) ?? '';
    // Of a line that was wrapped.
    const words = paragraph.replace(/^[\s>]*[\dA-Z]{8,}[\s>]*$/gm, '').replace(/\s+/g, ' ');
    const [before = '', after = ''] = words.split(TIME);
    return (bare(before) || bare(after)).slice(0, 40);
  });
}

/** Defines `check` anew: whatever it then shows is not the lesson's. */
const REDEFINED = /\b(?:const|let|var|function|class)\s+check\b|(?<![\w.])check\s*=(?!=)/;

/** Takes the last of a notebook's lines, of which each output of `check` holds one; undefined if it is none. */
function readNotebook(text: string, names: Names): Read | undefined {
  let saved: { cell_type?: unknown; source?: unknown; outputs?: unknown[] }[];
  try {
    saved = JSON.parse(text.replace(/^\uFEFF/, '')).cells.filter(
      (cell: (typeof saved)[0]) => cell?.cell_type === 'code',
    );
  } catch {
    return undefined;
  }
  const all = saved.map(({ source }): Cell => {
    const code = [source ?? ''].flat().join('');
    const own = matches(code, /\bcheck\s*\(\s*['"`](\d+\.\d+)['"`]/g);
    return { code, own: own.filter(id => id in names.mistakes) };
  });
  const cells = all.some(({ own }) => own.length > 0) ? all : [];
  if (text.length > MOST_LETTERS) {
    return { records: [], wrong: [{ kind: 'tooLarge' }], cells, claimed: [] };
  }
  const outputs = saved.flatMap(cell => cell.outputs ?? []);
  const shown = JSON.stringify(outputs);
  const found = findLines(shown, names);
  const [last] = found.flatMap(each => ('problem' in each ? [] : each)).sort(later);
  const [damaged] = found.flatMap(each => ('problem' in each ? each.problem : []));
  const none = damaged ?? (cells.length > 0 ? 'noOutputs' : 'otherLesson');
  const wrong: ProblemKind[] = last ? [] : [none];
  if (all.some(({ code }) => REDEFINED.test(code))) wrong.unshift('redefined');
  return {
    records: last ? [last] : [],
    wrong: wrong.map(kind => ({ kind })),
    cells,
    claimed: outputs.length > 0 ? matches(shown, /✓ (\d+\.\d+) /g) : undefined,
  };
}

/** Lists what a pattern's group finds, each once. */
const matches = (text: string, pattern: RegExp): string[] => [
  ...new Set([...text.matchAll(pattern)].map(([, found = '']) => found)),
];
