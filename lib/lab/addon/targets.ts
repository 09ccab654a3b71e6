/** Target machines of the addon, with linker settings from `targets.yml`. */
import { join } from 'node:path';
import { readYaml } from 'command/machine/yaml';

interface Target {
  readonly zig: string;
  readonly libraries: readonly string[];
  readonly runPath: string;
}

const targets = readYaml<Record<string, Target>>(join(__dirname, 'targets.yml'));

export const MACHINES = Object.keys(targets);

/** @param machine such as `linux-x64` */
export function targetOf(machine: string): Target {
  const target = targets[machine];
  if (target) return target;
  throw new Error(`Expected one of ${MACHINES.join(', ')}, but received ${machine}`);
}

/** Returns whether the target is Windows, which loads libraries only from the addon's folder. */
export const isWindows = (machine: string): boolean => machine.startsWith('win32-');
