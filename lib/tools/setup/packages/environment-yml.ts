/** Reads `environment.yml`, the one place where the versions of the Python side stand. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { Machine } from '../../project/machine';
import { projectRoot } from '../../project/paths';

/** The occasions on which a line of the pip list counts, by its marker `extra == …`. */
export type Extra = 'venv' | 'compiler' | 'test' | 'bench' | 'classroom' | 'site';

export interface Requirement {
  /** The package, such as `jupyterlab`. */
  readonly name: string;
  readonly version: string;
  /** What pip is told, such as `tensorflow[and-cuda]==2.20.0`. */
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
 * Returns the pip list for a machine: TensorFlow only where its wheel's library can be used, and with
 * CUDA where there is an NVIDIA driver.
 *
 * @param extras the occasions whose lines are wanted too
 */
export function requirements(
  { pip }: EnvironmentFile,
  machine: Machine,
  extras: readonly Extra[] = [],
): Requirement[] {
  return pip.flatMap(line => {
    const { pinned, name, version, marker } = partsOf(line);
    const extra = /^extra == '(.+)'$/.exec(marker)?.[1];
    if (extra && !extras.some(each => each === extra)) return [];
    if (name !== 'tensorflow-cpu') return [{ name, version, spec: pinned }];
    if (!machine.native) return [];
    return machine.gpu
      ? [{ name: 'tensorflow', version, spec: `tensorflow[and-cuda]==${version}` }]
      : [{ name, version, spec: pinned }];
  });
}

/**
 * Takes a line of the pip list apart, such as `ziglang==0.15.1; extra == 'compiler'`.
 *
 * @throws Error where it names no exact version.
 */
export function partsOf(line: string) {
  const [, pinned, name, version, marker = ''] =
    /^(([\w.-]+)==([\w.+]+))\s*(?:;\s*(.+?))?\s*$/.exec(line) ?? [];
  if (!pinned || !name || !version) {
    throw new Error(`Expected "name==version" in environment.yml but found "${line}".`);
  }
  return { pinned, name, version, marker };
}
