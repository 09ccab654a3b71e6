/**
 * What all pads of a page share, each with a script of its own: the last drawing, as text. A pad that
 * starts later takes it over, and so does the page after it is loaded anew.
 */

/** What a network reads in a drawing. */
export interface Reading {
  readonly digit: number;
  readonly probability: number;
}

/** A pad that follows a sheet. */
export interface Follower {
  /**
   * Shows what is on the sheet, and says what it reads in it, if it reads anything.
   *
   * @param isOwn whether it wrote that itself.
   */
  follow(text: string, isOwn: boolean): Reading | undefined;
  /** Takes the surest reading of all pads; undefined if none is at least half sure. */
  offer(digit: number | undefined): void;
}

interface Sheet {
  text: string;
  surest: Reading | undefined;
  /** JupyterLab takes pads off its page and puts them back, or away for good. */
  readonly followers: WeakRef<Follower>[];
}

/** A network that was not trained is less sure than this, whatever is drawn. */
const SURE = 0.5;

export type SheetName = 'digits.pad.drawing' | 'digits.pad.set';

/** Joins a pad, and shows it what is on the sheet. */
export function join(name: SheetName, follower: Follower): void {
  const sheet = sheetOf(name);
  sheet.followers.push(new WeakRef(follower));
  const reading = follower.follow(sheet.text, false);
  if (reading && reading.probability > (sheet.surest?.probability ?? 0)) sheet.surest = reading;
  offer(sheet);
}

/** Writes on the sheet, and shows it to all pads. */
export function publish(name: SheetName, text: string, by: Follower): void {
  const sheet = sheetOf(name);
  sheet.text = text;
  try {
    sessionStorage.setItem(name, text);
  } catch {
    // It is full or barred: the drawing lasts as long as the page.
  }
  const readings = followersOf(sheet).flatMap(each => each.follow(text, each === by) ?? []);
  readings.sort((a, b) => b.probability - a.probability);
  sheet.surest = readings[0];
  offer(sheet);
}

function offer(sheet: Sheet): void {
  const { digit, probability = 0 } = sheet.surest ?? {};
  for (const each of followersOf(sheet)) each.offer(probability >= SURE ? digit : undefined);
}

const followersOf = ({ followers }: Sheet): Follower[] =>
  followers.flatMap(each => each.deref() ?? []);

function sheetOf(name: SheetName): Sheet {
  const page = globalThis as unknown as Record<symbol, Sheet | undefined>;
  const key = Symbol.for(name);
  page[key] ??= { text: stored(name), surest: undefined, followers: [] };
  return page[key];
}

function stored(name: SheetName): string {
  try {
    return sessionStorage.getItem(name) ?? '';
  } catch {
    return '';
  }
}
