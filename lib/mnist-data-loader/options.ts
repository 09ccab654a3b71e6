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

/** Milliseconds of {@link LoadOptions.stallTimeout} where none are given. */
export const STALL_TIMEOUT = 20_000;
