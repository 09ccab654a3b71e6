/** Reads learners' hand-ins, as lines or notebooks, into records and problems. */
import { type LearnerRecord, learnerOf, readLog, VERSION } from 'digits/record/learner';
import { findLines, HEAD, type Names, withPlainLetters } from 'digits/record/line';
import { type Learner, learnersOf } from './learners';
import type { en } from './page/messages/en';

/** Maximum bytes of a hand-in, four times the size of the lesson with outputs. */
export const MAX_SIZE = 10_000_000;

/** Problems of hand-ins, keys of the page's messages. */
export type ProblemKind = keyof typeof en.kinds;

export interface HandIn {
  /** The file name, or the label of pasted text. */
  readonly source: string;
  /** Undefined if unreadable; see `problem`. */
  readonly text?: string;
  readonly problem?: ProblemKind;
}

export interface Problem {
  readonly source: string;
  readonly kind: ProblemKind;
}

/** The latest record of each learner of a class, and problems. */
export interface Class {
  readonly learners: readonly Learner[];
  readonly problems: readonly Problem[];
}

/** A record or a problem in a hand-in, with the sender of a line in a chat, found in the text before the line. */
type Item = { readonly sender?: string } & (
  | { readonly record: LearnerRecord }
  | { readonly kind: ProblemKind }
);

/** Reads all hand-ins. A problem with one does not affect the others. */
export function readHandIns(handIns: readonly HandIn[], names: Names): Class {
  const sent: Learner[] = [];
  const problems: Problem[] = [];
  for (const file of handIns) {
    const { length = 0 } = file.text ?? '';
    const handIn = length > MAX_SIZE ? tooLarge(file.source, length) : file;
    const { source } = handIn;
    for (const { sender, ...item } of readHandIn(handIn, names)) {
      if ('record' in item) sent.push({ source: sender || source, record: item.record });
      else problems.push({ source: sender ? `${source}: ${sender}` : source, kind: item.kind });
    }
  }
  const { learners, doubts } = learnersOf(sent);
  for (const doubt of doubts) problems.push(doubt);
  const knownNames = new Set<string>();
  for (const source of learners.flatMap(({ record }) => record.name ?? [])) {
    if (knownNames.has(source)) problems.push({ source, kind: 'sameName' });
    knownNames.add(source);
  }
  return { learners, problems: mergeProblems(problems) };
}

function mergeProblems(problems: readonly Problem[]): Problem[] {
  const sources = new Map<ProblemKind, Set<string>>();
  for (const { source, kind } of problems) {
    sources.set(kind, (sources.get(kind) ?? new Set()).add(source));
  }
  return Array.from(sources, ([kind, names]) => ({ source: [...names].join('; '), kind }));
}

/** Reads a file as a hand-in. Reports files that are too large or unreadable, such as folders. */
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

/** Reads a hand-in: a learner's log, a notebook, or text with lines. */
function readHandIn({ source, text = '', problem }: HandIn, names: Names): Item[] {
  if (problem) return [{ kind: problem }];
  if (!text.trim()) return [{ kind: 'empty' }];
  if (/^\{"v":\d+,"id":/.test(text)) {
    // A classroom's hub sends complete logs.
    const { head, events } = readLog(text);
    if (!head || head.v > VERSION) return [{ kind: head ? 'newer' : 'damaged' }];
    return [{ record: learnerOf(head.id, events) }];
  }
  if (source.endsWith('.ipynb') || /^\s*\{\s*"/.test(text)) {
    try {
      return readNotebook(text, names);
    } catch {
      return [{ kind: 'noNotebook' }];
    }
  }
  const senders = sendersIn(text);
  const items = itemsIn(text, names).map((item, i) => ({ ...item, sender: senders[i] ?? '' }));
  return items.length > 0 ? items : [{ kind: 'noLine' }];
}

const itemsIn = (text: string, names: Names): Item[] =>
  findLines(text, names).map(line =>
    'problem' in line ? { kind: line.problem } : { record: line },
  );

/** Timestamp of a chat message, before or after the name, with or without a date. */
const TIME = /\[?(?:\d[\d./-]{5,9},? )?\d{1,2}:\d\d(?::\d\d)?(?: ?[AP]M)?\]?/i;

/** Punctuation at both ends. The lookbehind makes the pattern scan long runs only once. */
const EDGES = /^[\s>*_–-]+|(?<![\s>*_"“”'‘’`:,([–-])[\s>*_"“”'‘’`:,([–-]+$/g;

const trimPunctuation = (words: string): string => words.replace(EDGES, '');

/** Maximum characters between a sender's name and the line, even after a wrapped line. */
const LARGEST_PREFIX = 2000;

/** Returns each line's sender, found between the previous line and this line, in the same paragraph. */
function sendersIn(text: string): string[] {
  // Splitting at HEAD also returns two captured groups per line: the version and the length.
  const parts = withPlainLetters(text).split(HEAD);
  const gaps = parts.filter((_, index) => index % 3 === 0).slice(0, -1);
  return gaps.map((part, index) => {
    const prefix = (index > 0 ? part.replace(/^\s*\S+/, '') : part).slice(-LARGEST_PREFIX);
    const paragraph =
      prefix
        .trimEnd()
        .split(/\n\s*\n/)
        .at(-1) ?? '';
    // Remove the remainder of a wrapped line.
    const words = paragraph.replace(/^[ \t>]*[\dA-Z]{8,}[ \t>]*$/gm, '').replace(/\s+/g, ' ');
    const [beforeTime = '', afterTime = ''] = words.split(TIME);
    return (trimPunctuation(beforeTime) || trimPunctuation(afterTime)).slice(0, 40);
  });
}

/** Matches a redefinition of `check`, which makes the output untrustworthy. */
const REDEFINED_CHECK = /\b(?:const|let|var|function|class)\s+check\b|(?<![\w.])check\s*=(?!=)/;

interface Cell {
  readonly cell_type?: unknown;
  readonly source?: unknown;
  readonly outputs?: unknown[];
}

/** Captures the exercise of a `check` call. */
const CHECK = /\bcheck\s*\(\s*['"`](\d+\.\d+)['"`]/g;

/** Reads the last line of each name in a notebook's latest record. Throws if the text is not a notebook. */
function readNotebook(text: string, names: Names): Item[] {
  const { cells: all }: { cells: Cell[] } = JSON.parse(text.replace(/^\uFEFF/, ''));
  const cells = all.filter(cell => cell?.cell_type === 'code');
  const sources = cells.map(({ source }) => [source ?? ''].flat().join(''));
  const exercises = sources.flatMap(source => Array.from(source.matchAll(CHECK), ([, id]) => id));
  const isOurs = exercises.some(id => id && id in names.mistakes);
  const items = itemsIn(JSON.stringify(cells.flatMap(cell => cell.outputs ?? [])), names);
  const records = items.flatMap(item =>
    'record' in item ? { source: '', record: item.record } : [],
  );
  const [latest, ...rest] = learnersOf(records).learners;
  const [damaged] = items.filter(item => 'kind' in item);
  const redefined = sources.some(source => REDEFINED_CHECK.test(source));
  return [
    ...(redefined ? [{ kind: 'redefined' } as const] : []),
    ...(latest
      ? [latest, ...rest.filter(({ record }) => record.id === latest.record.id)]
      : [damaged ?? ({ kind: isOurs ? 'noOutputs' : 'otherLesson' } as const)]),
  ];
}
