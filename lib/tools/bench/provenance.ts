/** Names the machine and the versions that were measured, in the same words in every language. */
import { cpus, release, totalmem, type } from 'node:os';
import { interpreterOf } from '../project/python';
import type { RowResult } from './epochs';
import { benchPython } from './peers-python';

/** When and where a run measured. */
export interface Provenance {
  /** The time at which the run began, ISO 8601. */
  readonly date: string;
  /** Whether it was a short one, whose numbers say little. */
  readonly quick: boolean;
  readonly machine: {
    readonly processor: string;
    readonly cores: number;
    /** In bytes. */
    readonly memory: number;
    readonly system: string;
    /** The name of the card that some rows train on; undefined where there is none. */
    readonly card?: string | undefined;
  };
  /** The versions of what all rows share; each row has those of its own. */
  readonly versions: Readonly<Record<string, string>>;
}

/** Looks at this machine, and at the programs that all rows share. */
export async function provenanceOf(
  more: Pick<Provenance, 'date' | 'quick'>,
  card?: string,
): Promise<Provenance> {
  const python = await interpreterOf(benchPython);
  return {
    ...more,
    machine: {
      processor: cpus()[0]?.model.trim() || process.arch,
      cores: cpus().length,
      memory: totalmem(),
      system: `${type()} ${release().split('.', 2).join('.')}`,
      card,
    },
    versions: {
      'Node.js': process.versions.node,
      ...(python ? { Python: python.version } : {}),
    },
  };
}

/** Processor, memory, system and card. */
export const machineOf = ({ processor, cores, memory, system, card }: Provenance['machine']) =>
  [`${processor} × ${cores}`, `${(memory / 2 ** 30).toFixed(0)} GiB`, system, card]
    .filter(Boolean)
    .join(', ');

export const versionsText = (versions: Readonly<Record<string, string>>) =>
  Object.entries(versions)
    .map(each => each.join(' '))
    .join(', ');

/** Lists the versions of the rows, one line for all rows that have the same. */
export function versionsByRow(rows: readonly Pick<RowResult, 'title' | 'versions'>[]): string[] {
  const titles = new Map<string, Set<string>>();
  for (const { title, versions } of rows) {
    const key = versionsText(versions);
    if (key) titles.set(key, (titles.get(key) ?? new Set()).add(title));
  }
  return [...titles].map(([versions, those]) => `${[...those].join('; ')}: ${versions}`);
}
