import { knownSets } from './datasets';
import { OptionError } from './errors';
import { same, type Text, words } from './language';
import type { Messages } from './messages/en';
import type { ProgressOutput } from './progress';

/** How to find the files. All may be left out. */
export interface LoadOptions {
  /**
   * Read the four files, raw or `.gz`, from this folder only. It is never changed. In a browser it
   * is the folder's address.
   */
  dir?: string;
  /**
   * The folder where files are looked for and downloads kept. Default: the environment variable
   * `MNIST_DATA_DIR`, else the nearest `data` folder from the working directory up to the root of the
   * enclosing package, else `./data`. Further sets have a folder of their name below it.
   *
   * In a browser it is the folder's address, in which nothing is kept. Default: `data/`, beside the
   * page or, in a worker, beside the worker's script.
   */
  dataDir?: string;
  /** Whether missing files may be downloaded. Default: true. */
  download?: boolean;
  /**
   * Addresses of folders that hold the four `.gz` files, tried in turn. Default: two public mirrors;
   * in a browser none, so that a page loads nothing from elsewhere unless it is told to.
   */
  mirrors?: readonly string[];
  /**
   * Milliseconds after which a mirror is given up that sends nothing, or less than 1 kB a second.
   * Default: 20 000.
   */
  stallTimeout?: number;
  /** Where download progress is drawn; false for nowhere. Default: the terminal or the notebook. */
  progress?: boolean | ProgressOutput;
  /** Receives warnings, for example of a damaged file. Default: `console.warn`. */
  warn?: (message: string) => void;
}

type Fits = (value: unknown) => boolean;

const is =
  (type: string): Fits =>
  value =>
    typeof value === type;

/** By each option's name, the key of the words for its values, and a test of them. */
const ALLOWED = {
  name: ['set', value => knownSets.some(({ name }) => name === value)],
  dir: ['text', is('string')],
  dataDir: ['text', is('string')],
  download: ['boolean', is('boolean')],
  mirrors: ['addresses', value => Array.isArray(value) && value.every(is('string'))],
  stallTimeout: ['milliseconds', value => typeof value === 'number' && value > 0],
  progress: [
    'progress',
    value => typeof value === 'boolean' || is('function')((value as ProgressOutput)?.write),
  ],
  warn: ['function', is('function')],
} satisfies Record<keyof LoadOptions | 'name', readonly [keyof Messages['allowed'], Fits]>;

/**
 * Refuses what cannot be honoured, as a plain JavaScript program may give it.
 *
 * @param fixed whether the set is known, so that it can be given no name
 */
export function checkOptions(options: unknown, fixed = false): void {
  const { option, allowed } = words;
  const names = Object.keys(ALLOWED).filter(name => !fixed || name !== 'name');
  if (typeof options !== 'object' || options === null || Array.isArray(options)) {
    const example = fixed ? 'dir: "./clothes"' : 'name: "fashion-mnist"';
    const cure = option.writeAs(`loadData({ ${example} })`);
    throw new OptionError(undefined, option.object(), kindOf(options), cure);
  }
  for (const [name, value] of Object.entries(options)) {
    if (!names.includes(name)) {
      throw new OptionError(name, option.oneOf(names), same(name), option.correctName());
    }
    const [expected, fits] = ALLOWED[name as keyof typeof ALLOWED];
    if (value !== undefined && !fits(value)) {
      const wanted = option.toBe(name, allowed[expected]());
      throw new OptionError(name, wanted, kindOf(value), option.correctValue());
    }
  }
}

function kindOf(value: unknown): Text {
  if (Array.isArray(value)) return words.allowed.array();
  if (typeof value === 'function') return words.allowed.function();
  if (typeof value === 'object' && value !== null) return words.allowed.object();
  const written = typeof value === 'string' ? JSON.stringify(value.slice(0, 60)) : String(value);
  return same(written);
}
