/** Places in a text as Jupyter counts them, by characters, and as JavaScript does, in which an emoji is two. */
import type { Answer } from './worker-messages';

/** Returns the index of a place that Jupyter names. */
export const indexOf = (code: string, cursor: number): number =>
  [...code].slice(0, cursor).join('').length;

const cursorOf = (code: string, index: unknown): number => [...code.slice(0, Number(index))].length;

/** Names the places of a completion as Jupyter counts them. */
export const withCursors = (
  code: string,
  { cursor_start, cursor_end, ...rest }: Answer,
): Answer => ({
  ...rest,
  cursor_start: cursorOf(code, cursor_start),
  cursor_end: cursorOf(code, cursor_end),
});
