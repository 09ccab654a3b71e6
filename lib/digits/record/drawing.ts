/**
 * The learner's last digit from a pad in the lesson's beginning. A new digit replaces the old, so this file
 * does not grow.
 */
import { readLine } from '../drawn/line';
import { inTurn } from './queue';
import * as store from './store';

export interface DrawingNote {
  /** Encoded digit for {@link readLine}; empty if the pad was cleared or the digit has no label yet. */
  readonly d: string;
  /** Time of the learner's last change, in milliseconds since 1970. */
  readonly at: number;
}

/** The newest message from the pages of this kernel. */
let latest: DrawingNote | undefined;

/**
 * Handles a pad's message. Every pad of a page sends a message, also at the start, so messages may be repeated
 * or outdated.
 */
export function takeDrawing(note: object): void {
  if (!isDrawing(note)) return;
  // If a browser's clock is ahead, a future timestamp would block later digits.
  const drawing = { d: note.d, at: Math.min(note.at, Date.now()) };
  if (!replaces(drawing, latest)) return;
  latest = drawing;
  inTurn(async () => {
    if (!store.isKept() || !replaces(drawing, await readStored())) return;
    await store.writeDrawing(JSON.stringify(drawing));
  }).catch(() => {}); // If storage fails, the digit lasts until the kernel ends.
}

/** Returns the last digit, and whether the digit comes from an earlier kernel. */
export async function lastDrawing(): Promise<{ line: string; isRestored: boolean } | undefined> {
  // Messages sent before the cell's execution may still wait in the event loop.
  await new Promise(resolve => setTimeout(resolve));
  const stored = await inTurn(readStored);
  const isRestored = stored !== undefined && stored.d !== latest?.d && replaces(stored, latest);
  const line = (isRestored ? stored : latest)?.d;
  return line ? { line, isRestored } : undefined;
}

/** Forgets the digit. Pads may send the same digit again, without effect in this kernel. */
export function forgetDrawing(): void {
  latest = { d: '', at: Date.now() };
}

/** Returns whether a message is newer. At equal times, the message with a label wins. */
const replaces = (drawing: DrawingNote, other: DrawingNote | undefined): boolean =>
  !other || drawing.at > other.at || (drawing.at === other.at && drawing.d !== '');

async function readStored(): Promise<DrawingNote | undefined> {
  try {
    const note = JSON.parse(await store.read('drawing'));
    return isDrawing(note) ? note : undefined;
  } catch {
    return undefined;
  }
}

/** Maximum length of an encoded digit, for incompressible pixels. */
const MAX_LENGTH = 1000;

function isDrawing(note: object): note is DrawingNote {
  const { d, at } = note as Partial<DrawingNote>;
  if (typeof d !== 'string' || d.length > MAX_LENGTH || !Number.isFinite(at)) return false;
  const content = d === '' ? undefined : readLine(d);
  return !content || ('digits' in content && content.name === undefined);
}
