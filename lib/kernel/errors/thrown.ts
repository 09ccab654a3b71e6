/** What a cell threw, as an error to be told of. */
import type { Fault, Place } from './failed';
import { hintFor } from './hints';

/** What a kernel knows of it. */
export interface Known {
  /** The number of the cell that ran. */
  readonly count: number;
  /** Finds where it was thrown, innermost first. */
  framesOf(error: unknown): readonly (Place | string)[];
  sourceOf(cell: number): string | undefined;
  /** As Node's: writes what is no error. */
  inspect(value: unknown): string;
  /** Writes a message with the names as the cells have them. */
  reword?(message: string): string;
  /** The names that the cells have made, where TypeScript has not checked them. */
  readonly names?: Readonly<Record<string, unknown>>;
}

/** @param led the errors to which this one led. */
export function faultOf(error: unknown, known: Known, led: readonly unknown[] = []): Fault {
  const frames = known.framesOf(error);
  const isError = error instanceof Error;
  const name = isError ? String(error.name) : 'Error';
  const said = isError ? String(error.message) : `Uncaught ${known.inspect(error)}`;
  const message = known.reword?.(said) ?? said;
  const place = frames.find((frame): frame is Place => typeof frame !== 'string');
  const { cell, line, column } = place ?? { cell: known.count, line: 0, column: undefined };
  const source = known.sourceOf(cell) ?? '';
  const hint = hintFor({ name, message, source, line, column, known: known.names });
  const before = [...led, error];
  const cause = isError ? error.cause : undefined;
  const isNew = cause instanceof Error && !before.includes(cause);
  return { name, message, frames, hint, cause: isNew ? faultOf(cause, known, before) : undefined };
}
