/**
 * What all pads of a page share, each with a script of its own: the last drawing, as text. A pad that
 * starts later takes it over, and so does the page after it is loaded anew.
 */

import { attempt } from '../../notebook/elements';

/** A pad that follows a sheet, on which pads of other versions may write as well. */
export abstract class Follower<Shared extends object> {
  /** @param sheet its name; a pad joins it once it is complete. */
  constructor(private readonly sheet: string) {}

  /**
   * Shows what is on the sheet, and returns the probabilities of what it reads in it, if it reads anything.
   *
   * @param isOwn whether it wrote that itself.
   */
  follow(text: string, isOwn: boolean): Float32Array | undefined {
    // Nothing if that is of another version, or not ours.
    if (!isOwn) attempt(() => this.load(JSON.parse(text)));
    return this.show(isOwn);
  }

  /** Takes the surest reading of all pads; undefined if none is at least half sure. */
  offer?(digit: number | undefined): void;

  /** Takes over what another pad wrote. */
  protected abstract load(shared: Shared): void;
  protected abstract show(isOwn: boolean): Float32Array | undefined;
  protected abstract get shared(): Shared;

  protected join(): void {
    const sheet = sheetOf(this.sheet);
    sheet.followers.push(new WeakRef(this));
    show(sheet);
  }

  /** Writes on the sheet, and shows it to all pads. */
  protected share(): void {
    const sheet = sheetOf(this.sheet);
    sheet.text = JSON.stringify(this.shared);
    // Where storage is full or barred, the drawing lasts as long as the page.
    attempt(() => sessionStorage.setItem(this.sheet, sheet.text));
    show(sheet, this);
  }
}

type AnyFollower = Pick<Follower<object>, 'follow' | 'offer'>;

interface Sheet {
  text: string;
  /** JupyterLab takes pads off its page and puts them back, or away for good. */
  readonly followers: WeakRef<AnyFollower>[];
}

/** A network that was not trained is less sure than this, whatever is drawn. */
const SURE = 0.5;

function show({ text, followers }: Sheet, by?: AnyFollower): void {
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
