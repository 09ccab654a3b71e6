/** Node's way to write values. The browser's twin of this file has it from a package. */
export { format, inspect } from 'node:util';
