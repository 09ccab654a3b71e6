/** Fetches packages from PyPI by the user's uv or pip, with the index and the proxy that these are set to. */
import { program as said } from '../messages/en';
import { AddonError, Interrupted, type Run, works } from './process';

/** The versions to fetch; `environment.yml` has the same. */
export const TENSORFLOW = '2.20.0';
export const ZIGLANG = '0.15.2';

/** Installs packages, such as `ziglang==0.15.2`, into a folder, without those that they depend on. */
export type Fetch = (specs: readonly string[], folder: string) => Promise<void>;

async function firstThatWorks(
  programs: readonly string[],
  ...args: string[]
): Promise<string | undefined> {
  for (const program of programs) if (await works(program, ...args)) return program;
  return undefined;
}

const pythons = (asked: string | undefined) =>
  asked === undefined ? ['python3', 'python'] : [asked];

export async function findPython(asked: string | undefined): Promise<string> {
  const python = await firstThatWorks(pythons(asked), '--version');
  if (python) return python;
  throw new AddonError(said.noPython(asked ?? 'python3 or python on the path'));
}

/** Lists the commands that can install packages here, the first to be tried first. */
async function installers(python: string | undefined): Promise<[string, ...string[]][]> {
  const pip = await firstThatWorks(pythons(python), '-m', 'pip', '--version');
  const hasUv = python === undefined && (await works('uv', '--version'));
  return [
    ...(pip ? [[pip, '-m', 'pip', 'install', '--disable-pip-version-check', '--no-input']] : []),
    ...(hasUv ? [['uv', 'pip', 'install', '--link-mode', 'copy']] : []),
  ] as [string, ...string[]][];
}

/** A wheel need not be for the Python here, which does not run it. */
const FOR_ANY_PYTHON = ['--python-version', '3.13', '--only-binary', ':all:'];

/**
 * Fetches packages.
 *
 * @param python the one that the user names
 * @throws AddonError if there is neither pip nor uv, or each of them fails.
 */
export async function fetchPackages(
  specs: readonly string[],
  folder: string,
  python: string | undefined,
  run: Run,
): Promise<void> {
  const wanted = specs.join(', ');
  const failures: string[] = [];
  for (const [program, ...args] of await installers(python)) {
    try {
      const what = ['--no-deps', '--target', folder, ...specs];
      return await run(program, [...args, ...FOR_ANY_PYTHON, ...what]);
    } catch (error) {
      if (error instanceof Interrupted) throw error;
      failures.push((error as Error).message);
    }
  }
  throw new AddonError(
    failures.length === 0
      ? said.noInstaller(wanted, python ? `no pip in ${python}` : 'neither')
      : said.notFetched(wanted, failures.join('\n\n')),
  );
}
