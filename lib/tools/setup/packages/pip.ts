/** pip, with the progress of its downloads. */
import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { freeGigabytes } from '../../project/disk.mjs';
import type { Text } from '../../project/failure.mjs';
import type { PythonEnvironment } from '../../project/paths';
import { runLogged } from '../../project/run-logged';

/** Returns the name of a package's folder of metadata, `name-version.dist-info`, by pip's rule. */
export function distInfo(name: string, version: string): string {
  return `${normalized(name)}-${version}.dist-info`;
}

/**
 * Holds the versions and checksums of all packages that may come, those included that others ask for.
 * As a constraint it lets pip install nothing else; pip 26 at least does so.
 */
export const pipLock = join(__dirname, 'pip.lock');

/**
 * Returns a package's entry in the lock file with its checksums. Any pip takes it as a file of
 * requirements.
 *
 * @param spec such as `pip==26.2.1`
 * @throws Error where the lock file has no such package
 */
export function lockedRequirement(spec: string): string {
  const entries = readFileSync(pipLock, 'utf8').split(/^(?=\w)/m);
  const entry = entries.find(each => each.startsWith(`${spec} `));
  if (!entry)
    throw new Error(
      `Expected ${spec} in ${pipLock}. Make that anew: lib/tools/setup/packages/pip-lock.ts`,
    );
  return entry;
}

/** Returns a package's name by its `name-version.dist-info`. */
export const nameOf = (distInfo: string): string => distInfo.replace(/-.*/, '');

const normalized = (name: string) => name.toLowerCase().replace(/[-_.]+/g, '_');

/**
 * Lists the packages in a `site-packages`, as `name-version.dist-info`. What a version has after `+`,
 * such as `+cpu`, tells the builds of one release apart and is left out.
 */
export function installedPackages(folder: string): Set<string> {
  const infos = readdirSync(folder).filter(entry => entry.endsWith('.dist-info'));
  return new Set(
    infos.map(entry => {
      const [, name, version] = /^(.+)-([^-+]+)(?:\+[^-]*)?\.dist-info$/.exec(entry) ?? [];
      return distInfo(name ?? entry, version ?? '');
    }),
  );
}

/** Runs an environment's pip, which must be 24.1 or newer where progress is asked for. */
export async function pip(
  { prefix, program }: PythonEnvironment,
  args: string[],
  options: { title: Text; onLine?: (line: string) => void },
): Promise<void> {
  const quiet = ['--no-input', '--disable-pip-version-check'];
  // A user's own settings of these would send the packages elsewhere.
  const elsewhere = { PIP_USER: '0', PIP_TARGET: undefined, PIP_PREFIX: undefined };
  // On the environment's disk, since /tmp is often a small part of the memory. Emptied first: a pip
  // that was killed leaves hundreds of megabytes there.
  const temporary = join(prefix, 'digits-tmp');
  rmSync(temporary, { recursive: true, force: true });
  mkdirSync(temporary, { recursive: true });
  try {
    await runLogged(program('python'), ['-m', 'pip', ...args, ...quiet], {
      ...options,
      log: 'pip',
      remark: output => fullInstead(output, prefix),
      env: { ...elsewhere, TMPDIR: temporary, PYTHONUNBUFFERED: '1' },
    });
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
}

// pip takes a disk that fills up in the middle of a download for a broken connection.
function fullInstead(output: string, folder: string): string | undefined {
  const free = freeGigabytes(folder) ?? 1;
  if (free >= 1 || !output.includes('incomplete-download')) return undefined;
  return `No space left on device: ${free.toFixed(2)} GB free in ${folder}`;
}

const megabytes = (bytes: number) => (bytes / 1e6).toFixed(0);

/** Follows the output of `pip install --progress-bar raw` and says in a line where it stands. */
export function followInstall(report: (progress: string) => void): (line: string) => void {
  let name = '';
  let before = 0;
  let now = 0;
  return line => {
    const collecting = /^Collecting ([\w.-]+)/.exec(line)?.[1];
    const downloading = /^\s*Downloading ([\w.]+)-\d.*\.whl \(/.exec(line)?.[1];
    const progress = /^Progress (\d+) of (\d+)/.exec(line);
    if (collecting) {
      report(collecting);
    } else if (downloading) {
      name = downloading;
      before += now;
      now = 0;
    } else if (progress) {
      now = Number(progress[1]);
      const share = Math.round((100 * now) / Number(progress[2]));
      report(`${megabytes(before + now)} MB · ${name} ${share}%`);
    }
  };
}
