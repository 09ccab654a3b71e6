/** What the judge in the worker, the page and the command tell each other. */

export interface Judged {
  readonly id: string;
  readonly state: 'right' | 'wrong' | 'blank';
  /** The name of the mistake; empty if it has none. */
  readonly mistake: string;
}

/** What a cell has tried: to put another `check` in place of ours, to connect, to speak for the kernel. */
export interface Noticed {
  readonly type: 'check' | 'connection' | 'message';
  readonly what?: string;
}

/** What the judge says behind a cell. */
export interface Told {
  readonly judged: readonly Judged[];
  readonly noticed: readonly Noticed[];
}

/** What came of a cell. */
export interface Ran extends Told {
  /** A cell that was `stopped` has left the kernel as it was; the last three have ended it. */
  readonly end: 'ok' | 'error' | 'stopped' | 'dead' | 'closed' | 'crashed';
  readonly ename?: string | undefined;
  readonly evalue?: string | undefined;
}
