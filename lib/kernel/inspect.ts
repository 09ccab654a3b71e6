/** Node's way to write values. The browser's twin of this file has it from a package. */
export { format, inspect } from 'node:util';

/** Counts the columns that a text takes, two for a Chinese character: loaded by the first table. */
export const widthOf = (text: string): number =>
  require('node-inspect-extracted').getStringWidth(text);
