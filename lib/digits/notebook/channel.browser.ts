/** The channel to the notebook in a browser. */
import type { WriteDisplayData } from './channel';

/** Where the kernel in a worker puts its channel. */
const KEY = Symbol.for('digits.display');

/** Finds that of the kernel; a page has none. */
export const channel = (): WriteDisplayData | undefined =>
  (globalThis as unknown as Record<symbol, WriteDisplayData | undefined>)[KEY];
