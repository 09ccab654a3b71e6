import { knownSets } from './datasets';
import { OptionError } from './errors';
import { type Text, untranslated, words } from './language';
import type { Messages } from './messages/en';
import type { ProgressOutput } from './progress';

/** Options of `loadData`, all optional. */
export interface LoadOptions {
  /** Reads the four files, raw or `.gz`, only from this folder (in a browser: a URL), and never changes the folder. */
  dir?: string;
  /**
   * The folder to search, and for saved downloads. Default: the environment variable `MNIST_DATA_DIR`, or the
   * nearest `data` folder between the working directory and the root of the enclosing package, or `./data`.
   * Data sets other than MNIST have a subfolder with their name.
   *
   * In a browser: the folder's URL; nothing is saved. Default: `data/`, relative to the page or the worker's
   * script.
   */
  dataDir?: string;
  /** Whether missing files may be downloaded. Default: true. */
  download?: boolean;
  /**
   * URLs of folders with the four `.gz` files, tried in order. Default: two public mirrors; none in a browser,
   * so that a page does not access other sites.
   */
  mirrors?: readonly string[];
  /** Milliseconds until a mirror is abandoned that sends nothing, or less than 1 kB/s. Default: 20 000. */
  stallTimeout?: number;
  /** The output for download progress, or false to disable progress. Default: the terminal or the notebook. */
  progress?: boolean | ProgressOutput;
  /** Receives warnings, for example about a damaged file. Default: `console.warn`. */
  warn?: (message: string) => void;
}

type Validator = (value: unknown) => boolean;

const isOfType =
  (type: string): Validator =>
  value =>
    typeof value === type;

/** The description key and the validator of each option. */
const ALLOWED = {
  name: ['set', value => knownSets.some(({ name }) => name === value)],
  dir: ['text', isOfType('string')],
  dataDir: ['text', isOfType('string')],
  download: ['boolean', isOfType('boolean')],
  mirrors: ['addresses', value => Array.isArray(value) && value.every(isOfType('string'))],
  stallTimeout: ['milliseconds', value => typeof value === 'number' && value > 0],
  progress: [
    'progress',
    value => typeof value === 'boolean' || isOfType('function')((value as ProgressOutput)?.write),
  ],
  warn: ['function', isOfType('function')],
} satisfies Record<keyof LoadOptions | 'name', readonly [keyof Messages['allowed'], Validator]>;

/**
 * Validates options, because a JavaScript caller may pass anything.
 *
 * @param fixed whether the data set is fixed, so that `name` is not allowed
 */
export function checkOptions(options: unknown, fixed = false): void {
  const { option, allowed } = words;
  const names = Object.keys(ALLOWED).filter(name => !fixed || name !== 'name');
  if (typeof options !== 'object' || options === null || Array.isArray(options)) {
    const example = fixed ? 'dir: "./clothes"' : 'name: "fashion-mnist"';
    const cure = option.writeAs(`loadData({ ${example} })`);
    throw new OptionError(undefined, option.object(), describeType(options), cure);
  }
  for (const [name, value] of Object.entries(options)) {
    if (!names.includes(name)) {
      throw new OptionError(name, option.oneOf(names), untranslated(name), option.correctName());
    }
    const [expected, isValid] = ALLOWED[name as keyof typeof ALLOWED];
    if (value !== undefined && !isValid(value)) {
      const requirement = option.toBe(name, allowed[expected]());
      throw new OptionError(name, requirement, describeType(value), option.correctValue());
    }
  }
}

function describeType(value: unknown): Text {
  if (Array.isArray(value)) return words.allowed.array();
  if (typeof value === 'function') return words.allowed.function();
  if (typeof value === 'object' && value !== null) return words.allowed.object();
  const literal = typeof value === 'string' ? JSON.stringify(value.slice(0, 60)) : String(value);
  return untranslated(literal);
}
