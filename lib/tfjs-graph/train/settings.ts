import { InputError } from '../errors';

/** The settings of compiled steps. */
export const settings = {
  parts: undefined as number | undefined,
};

/**
 * Sets the number of parts of a large product that the native engine computes at the same time.
 *
 * @param parts a whole number from 1 on; undefined, the default, stands for one part a core.
 * @throws InputError if it is no such number.
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
