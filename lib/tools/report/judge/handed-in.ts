/** Reads a notebook that was handed in: what its cells are, and what is wrong with it before it runs. */
import { readFileSync, statSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { exercises } from 'digits/exercises';
import type { Messages } from '../../messages/en';
import { sha256 } from '../../project/files';

type Words = Messages['judge'];

export interface HandedIn {
  readonly hash: string;
  readonly cells: readonly Cell[];
  readonly notes: readonly string[];
  /** The exercises that pass by its own saved outputs. */
  readonly claimed: readonly string[];
}

export interface Cell {
  readonly code: string;
  /** Its exercises. */
  readonly own: readonly string[];
  /** How the teacher finds it: by its exercise, or by its number among the cells of code. */
  readonly place: string;
  /** What it imports that is Node's, such as `fs`, or somewhere else. */
  readonly foreign: readonly string[];
}

interface SavedCell {
  readonly cell_type?: unknown;
  readonly source?: unknown;
  readonly outputs?: unknown;
}

/** Megabytes above which a file is not read, and above which that is worth a note. */
const [MOST, MUCH] = [200, 20];

const ids: readonly string[] = exercises.map(({ id }) => id);

const textOf = (source: unknown): string => [source ?? ''].flat().join('');

const matches = (text: string, pattern: RegExp): string[] =>
  [...text.matchAll(pattern)].map(([, found = '']) => found);

const isForeign = (name: string): boolean => isBuiltin(name) || /^\w+:/.test(name);

function cellOf({ source }: SavedCell, number: number, words: Words): Cell {
  const code = textOf(source);
  const own = matches(code, /\bcheck\s*\(\s*['"`](\d+\.\d+)['"`]/g).filter(id => ids.includes(id));
  const foreign = matches(code, /(?:\bfrom|\bimport|\brequire)\s*\(?\s*['"`]([^'"`]+)['"`]/g);
  const place = own[0] ? words.ofExercise(own.join(', ')) : words.numbered(number);
  return { code, own, place, foreign: foreign.filter(isForeign) };
}

/** Returns a notebook that cannot be run without cells, and with a note that says why. */
export function readHandedIn(file: string, words: Words): HandedIn {
  const without = (note: string, hash = '') => ({ hash, cells: [], claimed: [], notes: [note] });
  let content: Buffer;
  try {
    const megabytes = statSync(file).size / 1e6;
    if (megabytes > MOST) return without(words.tooLarge(megabytes, MOST));
    content = readFileSync(file);
  } catch (error) {
    return without(words.unreadable(String(error)));
  }
  const hash = sha256(content);
  let saved: SavedCell[];
  try {
    saved = JSON.parse(content.toString().replace(/^\uFEFF/, '')).cells;
  } catch {
    return without(words.noJson(content.length), hash);
  }
  if (!Array.isArray(saved)) return without(words.noNotebook, hash);
  const code = saved.filter(cell => cell?.cell_type === 'code');
  const cells = code.map((cell, i) => cellOf(cell, i + 1, words));
  const found = cells.flatMap(({ own }) => own);
  if (found.length === 0) return without(words.foreign, hash);
  const outputs = code.flatMap(cell => cell.outputs ?? []);
  const claimed = matches(JSON.stringify(outputs), /✓ (\d+\.\d+) /g);
  const missing = ids.filter(id => !found.includes(id));
  const inOrder = [...found].sort((a, b) => ids.indexOf(a) - ids.indexOf(b));
  const notes = [
    content.length / 1e6 > MUCH && words.large(content.length / 1e6),
    outputs.length === 0 && words.cleared,
    missing.length > 0 && words.missing(missing.join(', ')),
    found.some((id, i) => id !== inOrder[i]) && words.reordered,
  ];
  return { hash, cells, claimed, notes: notes.filter(note => typeof note === 'string') };
}
