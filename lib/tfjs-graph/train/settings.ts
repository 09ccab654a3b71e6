import { InputError } from '../errors';

export const settings = {
  parts: undefined as number | undefined,
};

/**
 * Sets the number of parts of large products that the native backend computes in parallel.
 *
 * @param parts a positive integer; undefined (default) for one part per core
 * @throws InputError if `parts` is not a positive integer
 * @example
 * setParts(2);
 * setParts(undefined);
 */
export function setParts(parts: number | undefined): void {
  if (parts !== undefined && !(Number.isInteger(parts) && parts > 0)) {
    throw new InputError({ code: 'parts', received: parts });
  }
  settings.parts = parts;
}
