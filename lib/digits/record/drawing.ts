/**
 * The digit that the learner drew last on a pad of the lesson's beginning. A new digit replaces the old one, so this
 * part of the record does not grow.
 */
import { readLine } from '../drawn/line';
import * as store from './store';

/** A pad's note to the kernel. */
export interface DrawingNote {
  /** The digit as the line of {@link readLine}; empty if the pad was cleared, or if the digit has no label yet. */
  readonly d: string;
  /** Time of the learner's last change, in milliseconds since 1970. */
  readonly at: number;
}

/** The newest note of this kernel's pages. */
let latest: DrawingNote | undefined;
let writing: Promise<unknown> = Promise.resolve();

/** Takes the note of a pad. Each pad of a page sends one, also when it starts, so notes repeat and may be outdated. */
export function takeDrawing(note: object): void {
  if (!isDrawing(note)) return;
  // A browser whose clock is ahead would keep later digits out.
  const drawing = { d: note.d, at: Math.min(note.at, Date.now()) };
  if (!replaces(drawing, latest)) return;
  latest = drawing;
  writing = writing
    .then(async () => {
      if (!store.isKept() || !replaces(drawing, await readKept())) return;
      await store.writeDrawing(JSON.stringify(drawing));
    })
    // If the digit cannot be kept, it lasts as long as the kernel.
    .catch(() => {});
}

/** Returns the last digit, and whether it was drawn before this kernel started. */
export async function lastDrawing(): Promise<{ line: string; isRestored: boolean } | undefined> {
  // Notes that the page sent before the cell ran may wait in the event loop.
  await new Promise(resolve => setTimeout(resolve));
  await writing;
  const kept = await readKept();
  const isRestored = kept !== undefined && kept.d !== latest?.d && replaces(kept, latest);
  const line = (isRestored ? kept : latest)?.d;
  return line ? { line, isRestored } : undefined;
}

/** Forgets the digit. Pads that still show it send it again, which has no effect in this kernel. */
export async function forgetDrawing(): Promise<void> {
  latest = { d: '', at: Date.now() };
  await writing;
}

/** Returns whether a note is the newer one. Of two at the same time, the note with a label counts. */
const replaces = (drawing: DrawingNote, other: DrawingNote | undefined): boolean =>
  !other || drawing.at > other.at || (drawing.at === other.at && drawing.d !== '');

async function readKept(): Promise<DrawingNote | undefined> {
  try {
    const note = JSON.parse(store.isKept() ? await store.readDrawing() : 'null');
    return isDrawing(note) ? note : undefined;
  } catch {
    return undefined;
  }
}

/** The most characters of a digit's line: an incompressible one. */
const MAX_LENGTH = 1000;

function isDrawing(note: object): note is DrawingNote {
  const { d, at } = note as Partial<DrawingNote>;
  if (typeof d !== 'string' || d.length > MAX_LENGTH || !Number.isFinite(at)) return false;
  const content = d === '' ? undefined : readLine(d);
  return !content || ('digits' in content && content.name === undefined);
}
