/** Reads `environment.yml`, the one place of the Python side's versions. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { Machine } from '../../project/machine';
import { projectRoot } from '../../project/paths';

/** The occasions that add a line to the pip list, by its `extra == …` marker. */
export type Extra = 'venv' | 'compiler' | 'test' | 'bench' | 'classroom';

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
 * The pip list for a machine: TensorFlow only where its wheel's library can be used, and with
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
    const [pinned, marker = ''] = line.split(';').map(part => part.trim());
    const [name, version] = pinned.split('==');
    const extra = /^extra == '(.+)'$/.exec(marker)?.[1];
    if (extra && !extras.includes(extra as Extra)) return [];
    if (name !== 'tensorflow-cpu') return [{ name, version, spec: pinned }];
    if (!machine.native) return [];
    return machine.gpu
      ? [{ name: 'tensorflow', version, spec: `tensorflow[and-cuda]==${version}` }]
      : [{ name, version, spec: pinned }];
  });
}
