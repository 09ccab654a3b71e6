/** Fetches packages from PyPI by the user's uv or pip, with the index and the proxy that these are set to. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { AddonError } from './addon-error';
import { Interrupted, type Run } from './run';

const runFile = promisify(execFile);

/** What fetches: a program, and its arguments up to the folder. */
interface Fetcher {
  readonly program: string;
  readonly args: readonly string[];
  /** The arguments for a wheel that no Python here runs. */
  readonly forAnyPython: readonly string[];
}

const pipOf = (python: string): Fetcher => ({
  program: python,
  args: ['-m', 'pip', 'install', '--disable-pip-version-check', '--no-input'],
  forAnyPython: ['--python-version', '3.13', '--only-binary', ':all:'],
});

const uv: Fetcher = {
  program: 'uv',
  args: ['pip', 'install', '--link-mode', 'copy'],
  forAnyPython: ['--python-version', '3.13', '--only-binary', ':all:'],
};

/** Lists what may fetch here, the first to be tried first. */
async function fetchers(python: string | undefined): Promise<Fetcher[]> {
  const pythons = python === undefined ? ['python3', 'python'] : [python];
  const found: Fetcher[] = [];
  for (const each of pythons) {
    if (found.length === 0 && (await works(each, '-m', 'pip', '--version'))) {
      found.push(pipOf(each));
    }
  }
  if (python === undefined && (await works('uv', '--version'))) found.push(uv);
  return found;
}

async function works(program: string, ...args: string[]): Promise<boolean> {
  try {
    await runFile(program, args, { timeout: 30_000 });
    return true;
  } catch {
    return false;
  }
}

/** Finds a Python that runs, for what only Python starts. */
export async function findPython(asked: string | undefined): Promise<string> {
  for (const python of asked === undefined ? ['python3', 'python'] : [asked]) {
    if (await works(python, '--version')) return python;
  }
  throw new AddonError(
    `Expected ${asked ?? 'python3 or python on the path'} to run but it does not. Install Python 3.`,
  );
}

/**
 * Installs a package without its dependencies into a folder.
 *
 * @param spec such as `tensorflow-cpu==2.20.0`
 * @throws AddonError where there is neither pip nor uv, or where each of them fails.
 */
export async function fetchPackage(
  spec: string,
  folder: string,
  { python, run }: { readonly python: string | undefined; readonly run: Run },
): Promise<void> {
  const failures: string[] = [];
  for (const { program, args, forAnyPython } of await fetchers(python)) {
    try {
      return await run(program, [
        ...args,
        ...forAnyPython,
        ...['--no-deps', '--target', folder, spec],
      ]);
    } catch (error) {
      if (error instanceof Interrupted) throw error;
      failures.push((error as Error).message);
    }
  }
  if (failures.length === 0) {
    throw new AddonError(
      `Expected pip or uv, to fetch ${spec} from PyPI, but found ${python ? `no pip in ${python}` : 'neither'}. Install one (such as: sudo apt install python3-pip), or name an installed TensorFlow by --tensorflow FOLDER.`,
    );
  }
  throw new AddonError(
    `${spec} could not be fetched from PyPI.\n\n${failures.join('\n\n')}\n\nCheck the network, and the index and the proxy that pip or uv are set to (PIP_INDEX_URL, UV_DEFAULT_INDEX, HTTPS_PROXY), or name an installed TensorFlow by --tensorflow FOLDER.`,
  );
}
