/**
 * Passes the page's notes, such as clicks and drawn digits, to the lesson for the learner's record. An array keeps
 * the notes until the lesson is loaded.
 */

interface Note {
  push(event: object): unknown;
}

const KEY = Symbol.for('digits.notes');

export function takeNote(event: object): void {
  const host = globalThis as unknown as Record<symbol, Note | undefined>;
  host[KEY] ??= [];
  host[KEY].push(event);
}
