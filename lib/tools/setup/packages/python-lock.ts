/** The lock file: the versions and checksums of all Python packages that may come, for every system. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export const pythonLock = join(__dirname, 'python.lock');

/**
 * What nothing here runs, though others ask for it: the kernel of Python with all that it takes along,
 * 11 MB to download; what plotly computes with in Python, where JupyterLab's part of it serves.
 */
const leftOut = join(__dirname, 'left-out.txt');

/**
 * The options by which uv installs nothing but what stands there, those packages included that others
 * ask for, each by its checksum.
 */
export const locked = [
  ...['--require-hashes', '--no-build', '--constraint', pythonLock],
  ...['--excludes', leftOut],
];

/** The cure where `environment.yml` names what the lock file does not hold. */
export const makeLockAnew = `Make ${pythonLock} anew: npx tsx lib/tools/setup/packages/make-lock.ts`;

const entries = () => readFileSync(pythonLock, 'utf8').split(/^(?=\w)/m);

/**
 * Returns a package's entry with its checksums, without the systems that it is for. Any pip takes it as
 * a file of requirements.
 */
export function lockedRequirement(spec: string): string {
  const entry = entries().find(each => each.startsWith(`${spec} `));
  if (!entry) {
    throw new Error(`Expected ${spec} in ${pythonLock}. ${makeLockAnew}`);
  }
  return entry.replace(/ ;.*(?= \\$)/m, '');
}

export const cudaPackages = (): string[] =>
  entries().flatMap(entry => /^nvidia-[\w.-]+==[\w.]+/.exec(entry)?.[0] ?? []);
