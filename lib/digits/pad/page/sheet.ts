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
  show(sheet);
}

/** Writes on the sheet, and shows it to all pads. */
export function publish(name: SheetName, text: string, by: Follower): void {
  const sheet = sheetOf(name);
  sheet.text = text;
  // Where storage is full or barred, the drawing lasts as long as the page.
  attempt(() => sessionStorage.setItem(name, text));
  show(sheet, by);
}

function show({ text, followers }: Sheet, by?: Follower): void {
  const pads = followers.flatMap(each => each.deref() ?? []);
  const readings = pads.flatMap(pad => pad.follow(text, pad === by) ?? []);
  readings.sort((a, b) => b.probability - a.probability);
  const surest = readings.find(({ probability }) => probability >= SURE);
  for (const pad of pads) pad.offer(surest?.digit);
}

function sheetOf(name: SheetName): Sheet {
  const page = globalThis as unknown as Record<symbol, Sheet | undefined>;
  const key = Symbol.for(name);
  page[key] ??= { text: attempt(() => sessionStorage.getItem(name)) ?? '', followers: [] };
  return page[key];
}

function attempt<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch {
    return undefined;
  }
}
