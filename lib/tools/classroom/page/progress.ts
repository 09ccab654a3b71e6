/** Reads how far a learner is, and where stuck, out of the record (`digits-record.jsonl`). */

export interface Progress {
  readonly passed: number;
  readonly tried: number;
  /** The exercise that was tried last, if it was wrong so many times in a row that a teacher should look. */
  readonly stuck?: { readonly exercise: string; readonly tries: number };
}

/** How many wrong tries in a row are too many. */
const TOO_MANY = 5;

export function progressOf(record: string): Progress {
  const wrong = new Map<string, number>();
  const passed = new Set<string>();
  let last = '';
  for (const line of record.split('\n')) {
    const event = parsed(line);
    if (typeof event?.e !== 'string') continue;
    last = event.e;
    if (event.ok) passed.add(last);
    wrong.set(last, event.ok ? 0 : (wrong.get(last) ?? 0) + 1);
  }
  const tries = wrong.get(last) ?? 0;
  const stuck = tries < TOO_MANY ? {} : { stuck: { exercise: last, tries } };
  return { passed: passed.size, tried: wrong.size, ...stuck };
}

/** Returns a line's event; none if it is none, as of a line that is just being written. */
function parsed(line: string): { e?: unknown; ok?: unknown } | undefined {
  try {
    return JSON.parse(line) ?? undefined;
  } catch {
    return undefined;
  }
}
