/**
 * What all pads of a page share, each with a script of its own: the last drawing, as text. A pad that
 * starts later takes it over, and so does the page after it is loaded anew.
 */

import { attempt } from '../../notebook/elements';

/** A pad that follows a sheet. */
export interface Follower {
  /**
   * Shows what is on the sheet, and returns the probabilities of what it reads in it, if it reads anything.
   *
   * @param isOwn whether it wrote that itself.
   */
  follow(text: string, isOwn: boolean): Float32Array | undefined;
  /** Takes the surest reading of all pads; undefined if none is at least half sure. */
  offer?(digit: number | undefined): void;
}

interface Sheet {
  text: string;
  /** JupyterLab takes pads off its page and puts them back, or away for good. */
  readonly followers: WeakRef<Follower>[];
}

/** A network that was not trained is less sure than this, whatever is drawn. */
const SURE = 0.5;

/** Joins a pad, and shows it what is on the sheet. */
export function join(name: string, follower: Follower): void {
  const sheet = sheetOf(name);
  sheet.followers.push(new WeakRef(follower));
  show(sheet);
}

/** Writes on the sheet, and shows it to all pads. */
export function publish(name: string, text: string, by: Follower): void {
  const sheet = sheetOf(name);
  sheet.text = text;
  // Where storage is full or barred, the drawing lasts as long as the page.
  attempt(() => sessionStorage.setItem(name, text));
  show(sheet, by);
}

function show({ text, followers }: Sheet, by?: Follower): void {
  const pads = followers.flatMap(each => each.deref() ?? []);
  const readings = pads.flatMap(pad => pad.follow(text, pad === by) ?? []);
  const surest = Math.max(SURE, ...readings.flatMap(each => Array.from(each)));
  const digit = readings.find(each => each.includes(surest))?.indexOf(surest);
  for (const pad of pads) pad.offer?.(digit);
}

function sheetOf(name: string): Sheet {
  const page = globalThis as unknown as Record<symbol, Sheet | undefined>;
  const key = Symbol.for(name);
  page[key] ??= { text: attempt(() => sessionStorage.getItem(name)) ?? '', followers: [] };
  return page[key];
}
