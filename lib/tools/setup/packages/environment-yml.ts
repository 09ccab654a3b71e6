/** Reads `environment.yml`, the one place where the versions of the Python side stand. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { Machine } from '../../project/machine';
import { projectRoot } from '../../project/paths';

/** The occasions on which a line of the pip list counts, by its marker `extra == …`. */
export type Extra = 'uv' | 'engine' | 'compiler' | 'test' | 'bench' | 'classroom' | 'site';

export interface Requirement {
  /** The package, such as `jupyterlab`. */
  readonly name: string;
  readonly version: string;
  /** What the installer is told, such as `jupyterlab==4.6.6`. */
  readonly spec: string;
}

export interface EnvironmentFile {
  readonly name: string;
  readonly channels: string[];
  /** The conda part, such as `python=3.12`. */
  readonly dependencies: string[];
  /** The pip list, line by line, markers included. */
  readonly pip: string[];
}

export function readEnvironment(file = join(projectRoot, 'environment.yml')): EnvironmentFile {
  const { name, channels, dependencies } = parse(readFileSync(file, 'utf8'));
  const isPip = (entry: unknown): entry is { pip: string[] } => typeof entry === 'object';
  return {
    name,
    channels,
    dependencies: dependencies.filter((entry: unknown) => typeof entry === 'string'),
    pip: dependencies.find(isPip)?.pip ?? [],
  };
}

/**
 * Returns what an environment on a machine is to hold. The whole of TensorFlow, for the comparison
 * with Keras, is left out where its wheel for processors is not made.
 *
 * @param extras the occasions whose lines are wanted too
 */
export function requirements(
  { pip }: EnvironmentFile,
  machine: Machine,
  extras: readonly Extra[] = [],
): Requirement[] {
  return pip
    .map(partsOf)
    .filter(line => line.extras.length === 0 || line.extras.some(extra => extras.includes(extra)))
    .filter(({ name }) => name !== 'tensorflow-cpu' || machine.name === 'linux-x64')
    .map(({ name, version, spec }) => ({ name, version, spec }));
}

/**
 * Returns the one line of an occasion that has but one, such as `uv`.
 *
 * @throws Error where there is none.
 */
export function onlyFor(extra: Extra, { pip } = readEnvironment()): Requirement {
  const line = pip.map(partsOf).find(({ extras }) => extras.includes(extra));
  if (!line) throw new Error(`Expected a line for ${extra} in environment.yml.`);
  return line;
}

/**
 * Takes a line of the pip list apart, such as `ziglang==0.15.1; extra == 'compiler'`.
 *
 * @throws Error where it names no exact version.
 */
export function partsOf(line: string): Requirement & { readonly extras: readonly Extra[] } {
  const [, spec, name, version, marker = ''] =
    /^(([\w.-]+)==([\w.+]+))\s*(?:;\s*(.+?))?\s*$/.exec(line) ?? [];
  if (!spec || !name || !version) {
    throw new Error(`Expected "name==version" in environment.yml but found "${line}".`);
  }
  const extras = Array.from(marker.matchAll(/extra == '(\w+)'/g), match => match[1] as Extra);
  return { spec, name, version, extras };
}
