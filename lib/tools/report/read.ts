/** Reads what learners hand in, as lines or as notebooks: their records, and what is wrong with the rest. */
import { type LearnerRecord, learnerOf, readLog, VERSION } from 'digits/record/learner';
import { findLines, HEAD, type Names, withPlainLetters } from 'digits/record/line';
import { type Learner, learnersOf } from './learners';
import type { en } from './page/messages/en';

/** Bytes of the largest hand-in that is read, four times those of the lesson with its outputs. */
export const MAX_SIZE = 10_000_000;

/** What is wrong with a hand-in, by the names of the page's sentences. */
export type ProblemKind = keyof typeof en.kinds;

export interface HandIn {
  /** The file's name, or what the text was pasted as. */
  readonly source: string;
  /** Undefined if it was not read, as `problem` says. */
  readonly text?: string;
  readonly problem?: ProblemKind;
}

export interface Problem {
  readonly source: string;
  readonly kind: ProblemKind;
}

/** What the hand-ins of a class hold: of each learner the latest record. */
export interface Class {
  readonly learners: readonly Learner[];
  readonly problems: readonly Problem[];
}

/** Something in a text, and what stands before it there, such as a chat's name and time. */
interface Sent {
  readonly sender?: string;
}

/** The content of a hand-in. */
interface Read {
  readonly records: readonly (LearnerRecord & Sent)[];
  readonly wrong: readonly ({ readonly kind: ProblemKind } & Sent)[];
}

/** Reads all hand-ins; what is wrong with one is named, and changes nothing of the others. */
export function readHandIns(handIns: readonly HandIn[], names: Names): Class {
  const sent: Learner[] = [];
  const problems: Problem[] = [];
  for (const file of handIns) {
    const { length = 0 } = file.text ?? '';
    const handIn = length > MAX_SIZE ? tooLarge(file.source, length) : file;
    const { source } = handIn;
    const { records, wrong } = readHandIn(handIn, names);
    for (const { kind, sender } of wrong) {
      problems.push({ source: sender ? `${source}: ${sender}` : source, kind });
    }
    for (const { sender, ...record } of records) sent.push({ source: sender || source, record });
  }
  const { learners, doubts } = learnersOf(sent);
  for (const doubt of doubts) problems.push(doubt);
  const seen = new Set<string>();
  for (const source of learners.flatMap(({ record }) => record.name ?? [])) {
    if (seen.has(source)) problems.push({ source, kind: 'sameName' });
    seen.add(source);
  }
  return { learners, problems: together(problems) };
}

/** Merges the problems of one kind into one, which lists their sources. */
function together(problems: readonly Problem[]): Problem[] {
  const sources = new Map<ProblemKind, Set<string>>();
  for (const { source, kind } of problems) {
    sources.set(kind, (sources.get(kind) ?? new Set()).add(source));
  }
  return Array.from(sources, ([kind, all]) => ({ source: [...all].join('; '), kind }));
}

/** Reads the text of a file, unless the file is too large or, like a folder, cannot be read. */
export async function handInOf(source: string, file: Pick<Blob, 'size' | 'text'>): Promise<HandIn> {
  if (file.size > MAX_SIZE) return tooLarge(source, file.size);
  return file.text().then(
    text => ({ source, text }),
    () => ({ source, problem: 'unreadable' }),
  );
}

const tooLarge = (source: string, size: number): HandIn => ({
  source: `${source} (${(size / 1e6).toFixed(1)} MB)`,
  problem: 'tooLarge',
});

/** Reads one hand-in: a learner's log, a notebook, or a text with lines in it. */
function readHandIn({ source, text = '', problem }: HandIn, names: Names): Read {
  const none = (kind: ProblemKind): Read => ({ records: [], wrong: [{ kind }] });
  if (problem) return none(problem);
  if (!text.trim()) return none('empty');
  if (/^\{"v":\d+,"id":/.test(text)) {
    // A classroom's hub passes on the log itself.
    const { head, events } = readLog(text);
    if (!head || head.v > VERSION) return none(head ? 'newer' : 'damaged');
    return { records: [learnerOf(head.id, events)], wrong: [] };
  }
  if (source.endsWith('.ipynb') || /^\s*\{\s*"/.test(text)) {
    try {
      return readNotebook(text, names);
    } catch {
      return none('noNotebook');
    }
  }
  const found = recordsIn(text, names);
  return found.records.length + found.wrong.length > 0 ? found : none('noLine');
}

function recordsIn(text: string, names: Names): Read {
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

/** Ends at the first character of a run, so that a long run is scanned once. */
const EDGES = /^[\s>*_–-]+|(?<![\s>*_"“”'‘’`:,([–-])[\s>*_"“”'‘’`:,([–-]+$/g;

const bare = (words: string): string => words.replace(EDGES, '');

/** Characters before a line in which its sender stands, also if the line above was wrapped. */
const LARGEST_PREFIX = 2000;

/** Finds who sent each line, by what stands before it in its paragraph and behind the line above. */
function sendersIn(text: string): string[] {
  // Between two heads stand the version and the length of the first.
  const parts = withPlainLetters(text).split(HEAD);
  const between = parts.filter((_, at) => at % 3 === 0).slice(0, -1);
  return between.map((part, at) => {
    const own = (at > 0 ? part.replace(/^\s*\S+/, '') : part).slice(-LARGEST_PREFIX);
    const paragraph =
      own
        .trimEnd()
        .split(/\n\s*\n/)
        .at(-1) ?? '';
    // Of a line that was wrapped.
    const words = paragraph.replace(/^[ \t>]*[\dA-Z]{8,}[ \t>]*$/gm, '').replace(/\s+/g, ' ');
    const [before = '', after = ''] = words.split(TIME);
    return (bare(before) || bare(after)).slice(0, 40);
  });
}

/** Defines `check` anew: whatever it then shows is not the lesson's. */
const REDEFINED = /\b(?:const|let|var|function|class)\s+check\b|(?<![\w.])check\s*=(?!=)/;

interface Cell {
  readonly cell_type?: unknown;
  readonly source?: unknown;
  readonly outputs?: unknown[];
}

/** Names the exercise of a cell that calls `check`. */
const CHECK = /\bcheck\s*\(\s*['"`](\d+\.\d+)['"`]/g;

/** Reads the last line of each name in a notebook's latest record. @throws Error if it is no notebook. */
function readNotebook(text: string, names: Names): Read {
  const { cells: all }: { cells: Cell[] } = JSON.parse(text.replace(/^\uFEFF/, ''));
  const cells = all.filter(cell => cell?.cell_type === 'code');
  const sources = cells.map(({ source }) => [source ?? ''].flat().join(''));
  const exercises = sources.flatMap(source => Array.from(source.matchAll(CHECK), ([, id]) => id));
  const isOurs = exercises.some(id => id && id in names.mistakes);
  const found = findLines(JSON.stringify(cells.flatMap(cell => cell.outputs ?? [])), names);
  const records = found.flatMap(each => ('problem' in each ? [] : { source: '', record: each }));
  const [last, ...others] = learnersOf(records).learners.map(({ record }) => record);
  const [damaged] = found.flatMap(each => ('problem' in each ? each.problem : []));
  const wrong: ProblemKind[] = last ? [] : [damaged ?? (isOurs ? 'noOutputs' : 'otherLesson')];
  if (sources.some(source => REDEFINED.test(source))) wrong.unshift('redefined');
  const sharing = last ? [last, ...others.filter(({ id }) => id === last.id)] : [];
  return { records: sharing, wrong: wrong.map(kind => ({ kind })) };
}
