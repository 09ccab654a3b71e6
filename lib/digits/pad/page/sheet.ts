/**
 * State shared by all pads of a page, although each pad has a separate script: the last drawing, as text. Pads
 * that start later, and the page after a reload, restore this drawing.
 */

import { attempt } from '../../notebook/elements';

/** A pad that shows a sheet. Pads of other versions may write to the same sheet. */
export abstract class Follower<Shared extends object> {
  /** @param sheet the sheet's name; a pad joins after construction. */
  constructor(private readonly sheet: string) {}

  /**
   * Shows the sheet and returns the probabilities, if this pad has a network.
   *
   * @param isOwn whether this pad wrote the text.
   */
  follow(text: string, isOwn: boolean): Float32Array | undefined {
    // Ignores text of other versions or of unknown origin.
    if (!isOwn) attempt(() => this.load(JSON.parse(text)));
    return this.show(isOwn);
  }

  /** Receives the most confident reading of all pads; undefined below {@link SURE}. */
  offer?(digit: number | undefined): void;

  /** Loads the state written by another pad. */
  protected abstract load(shared: Shared): void;
  protected abstract show(isOwn: boolean): Float32Array | undefined;
  protected abstract get shared(): Shared;

  protected join(): void {
    const sheet = sheetOf(this.sheet);
    sheet.followers.push(new WeakRef(this));
    show(sheet);
  }

  /** Writes to the sheet and updates all pads. */
  protected share(): void {
    const sheet = sheetOf(this.sheet);
    sheet.text = JSON.stringify(this.shared);
    // If storage is full or blocked, the drawing lasts until the page closes.
    attempt(() => sessionStorage.setItem(this.sheet, sheet.text));
    show(sheet, this);
  }
}

type AnyFollower = Pick<Follower<object>, 'follow' | 'offer'>;

interface Sheet {
  text: string;
  /** Weak, because JupyterLab detaches pads temporarily or forever. */
  readonly followers: WeakRef<AnyFollower>[];
}

/** Minimum confidence; an untrained network stays below this value for any drawing. */
const SURE = 0.5;

function show({ text, followers }: Sheet, by?: AnyFollower): void {
  const pads = followers.flatMap(reference => reference.deref() ?? []);
  const readings = pads.flatMap(pad => pad.follow(text, pad === by) ?? []);
  const surest = Math.max(SURE, ...readings.flatMap(reading => Array.from(reading)));
  const digit = readings.find(reading => reading.includes(surest))?.indexOf(surest);
  for (const pad of pads) pad.offer?.(digit);
}

function sheetOf(name: string): Sheet {
  const page = globalThis as unknown as Record<symbol, Sheet | undefined>;
  const key = Symbol.for(name);
  page[key] ??= { text: attempt(() => sessionStorage.getItem(name)) ?? '', followers: [] };
  return page[key];
}
