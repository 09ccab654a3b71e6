/** The Python packages: those that are wanted, by `environment.yml`, and their checksums, by the lock file. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { Machine } from '../../project/machine';
import { projectRoot } from '../../project/paths';

/** The occasions on which a line of the pip list counts, by its marker `extra == …`. */
export type Extra = 'uv' | 'engine' | 'compiler' | 'test' | 'bench' | 'classroom' | 'site';

export interface Requirement {
  readonly name: string;
  readonly version: string;
  /** What the installer is told, such as `jupyterlab==4.6.6`. */
  readonly spec: string;
  /** The occasions on which it is wanted; none if it always is. */
  readonly extras: readonly Extra[];
}

/** Lists all that the pip list names. */
export function allRequirements(): Requirement[] {
  const { dependencies } = parse(readFileSync(join(projectRoot, 'environment.yml'), 'utf8'));
  const isPip = (entry: unknown): entry is { pip: string[] } => typeof entry === 'object';
  return dependencies.find(isPip).pip.map(partsOf);
}

/**
 * Returns what an environment on a machine is to hold. The whole of TensorFlow, for the comparison
 * with Keras, is left out where its wheel for processors is not made.
 */
export const requirements = (machine: Machine, wanted: readonly Extra[] = []): Requirement[] =>
  allRequirements()
    .filter(({ extras }) => extras.length === 0 || extras.some(extra => wanted.includes(extra)))
    .filter(({ name }) => name !== 'tensorflow-cpu' || machine.name === 'linux-x64');

/** Returns the one line of an occasion that has but one, such as `uv`. */
export const onlyFor = (extra: Extra): Requirement =>
  allRequirements().find(({ extras }) => extras.includes(extra)) as Requirement;

/** Takes a line of the pip list apart, such as `ziglang==0.15.1; extra == 'compiler'`. */
function partsOf(line: string): Requirement {
  const [, spec, name, version, marker = ''] =
    /^(([\w.-]+)==([\w.+]+))\s*(?:;(.*))?$/.exec(line.trim()) ?? [];
  if (!spec || !name || !version) {
    throw new Error(`Expected "name==version" in environment.yml but found "${line}".`);
  }
  const extras = Array.from(marker.matchAll(/extra == '(\w+)'/g), match => match[1] as Extra);
  return { spec, name, version, extras };
}

/** Holds the versions and checksums of all packages that may come, for every system. */
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
  return entry.replace(/ ;[^;\n]*(?= \\$)/m, '');
}

export const cudaPackages = (): string[] =>
  entries().flatMap(entry => /^nvidia-[\w.-]+==[\w.]+/.exec(entry)?.[0] ?? []);
