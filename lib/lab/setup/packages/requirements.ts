/** Required Python packages from `environment.yml`, with checksums from the lock file. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Machine } from 'command/machine/machine';
import { projectRoot } from 'command/machine/paths';
import { readYaml } from 'command/machine/yaml';

/** Optional package groups: markers `extra == …` in the pip list. */
export type Extra = 'uv' | 'engine' | 'compiler' | 'test' | 'bench' | 'classroom' | 'site';

export interface Requirement {
  readonly name: string;
  readonly version: string;
  /** Requirement specifier for the installer, such as `jupyterlab==4.6.6`. */
  readonly spec: string;
  /** Groups that need this package. Empty if always needed. */
  readonly extras: readonly Extra[];
}

export function allRequirements(): Requirement[] {
  const { dependencies } = readYaml<{ dependencies: (string | { pip: string[] })[] }>(
    join(projectRoot, 'environment.yml'),
  );
  return dependencies.flatMap(entry =>
    typeof entry === 'string' ? [] : entry.pip.map(parseRequirement),
  );
}

/** Returns the packages for a machine. `tensorflow-cpu`, used to compare with Keras, exists only for linux-x64. */
export const requirements = (machine: Machine, groups: readonly Extra[] = []): Requirement[] =>
  allRequirements()
    .filter(({ extras }) => extras.length === 0 || extras.some(extra => groups.includes(extra)))
    .filter(({ name }) => name !== 'tensorflow-cpu' || machine.name === 'linux-x64');

/** Returns the only package of a small group, such as `uv`. */
export const packageOf = (extra: Extra): Requirement =>
  allRequirements().find(({ extras }) => extras.includes(extra)) as Requirement;

/** Parses a line of the pip list, such as `ziglang==0.15.1; extra == 'compiler'`. */
function parseRequirement(line: string): Requirement {
  const [, spec, name, version, marker = ''] =
    /^(([\w.-]+)==([\w.+]+))\s*(?:;(.*))?$/.exec(line.trim()) ?? [];
  if (!spec || !name || !version) {
    throw new Error(`Expected "name==version" in environment.yml but found "${line}".`);
  }
  const extras = Array.from(marker.matchAll(/extra == '(\w+)'/g), match => match[1] as Extra);
  return { spec, name, version, extras };
}

/** Lock file with the versions and checksums of all packages, for every system. */
export const pythonLock = join(__dirname, 'python.lock');

/** Unused dependencies: the Python kernel (11 MB), and plotly's computations, because only its extension is used. */
const excludesFile = join(__dirname, 'left-out.txt');

/** Options to limit uv to the versions and checksums of the lock file, also for dependencies. */
export const lockArgs = [
  ...['--require-hashes', '--no-build', '--constraint', pythonLock],
  ...['--excludes', excludesFile],
];

/** Hint for packages of `environment.yml` that are missing in the lock file. */
export const UPDATE_LOCK_HINT = `Make ${pythonLock} anew: npx tsx lib/lab/setup/packages/make-lock.ts`;

const lockEntries = () => readFileSync(pythonLock, 'utf8').split(/^(?=\w)/m);

/** Returns a package's lock entry without platform markers, as a requirements file for any pip. */
export function lockedRequirement(spec: string): string {
  const entry = lockEntries().find(each => each.startsWith(`${spec} `));
  if (!entry) {
    throw new Error(`Expected ${spec} in ${pythonLock}. ${UPDATE_LOCK_HINT}`);
  }
  return entry.replace(/ ;[^;\n]*(?= \\$)/m, '');
}

export const cudaPackages = (): string[] =>
  lockEntries().flatMap(entry => /^nvidia-[\w.-]+==[\w.]+/.exec(entry)?.[0] ?? []);
