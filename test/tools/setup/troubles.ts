/** What may befall a real set-up: no network, no room, an end at any moment; and what it says of it. */
import { spawnSync } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Copy } from './copy';
import { killGroup, until } from './support';

export const languages = ['en', 'zh'] as const;

/** Ways to be offline: nobody answers at the mirrors; and, where we may, no network at all. */
const impatient = { npm_config_fetch_retries: '0', PIP_RETRIES: '0' };
export const closed = {
  ...impatient,
  npm_config_registry: 'http://127.0.0.1:9/',
  PIP_INDEX_URL: 'http://127.0.0.1:9/simple',
};
const unshared = spawnSync('unshare', ['-n', 'true']).status === 0;
export const offline = [
  closed,
  closed,
  ...(unshared ? [{ ...impatient, under: 'unshare -n' }] : []),
];

export const UNREACHED = {
  en: /The network could not be reached\. Check the connection .* whatever is done already is kept\./,
  zh: /无法连接网络。请检查网络.*已完成的部分会保留。/,
};
export const FULL = {
  en: /The disk is full\. About 2\.5 GB are needed .* then run the same command again\./,
  zh: /磁盘已满。大约需要 2\.5 GB.*请腾出空间，再运行同一条命令。/,
};

/** Set-up itself, the npm that has started it, or all that stand in its group. */
export const PARTS = ['itself', 'npm', 'group'] as const;

interface Moment {
  /** Who is killed. */
  readonly whom: (typeof PARTS)[number];
  /** The point from which the delay counts. */
  readonly from: () => boolean;
  /** Milliseconds. */
  readonly delay: number;
  /** Whether what was to be cut off had come to its end all the same. */
  readonly done: () => boolean;
  /** Undoes the work, for another attempt where set-up was quicker than the delay. */
  readonly undo: () => void;
  readonly env?: Record<string, string>;
}

/** Starts set-up and kills it; those that it has started must end with it, and nothing be lost. */
export async function killSetUp(copy: Copy, moment: Moment): Promise<void> {
  const { whom, from, delay, done, undo, env } = moment;
  const { child } = copy.start('setup', [], { ...env, ...(whom === 'npm' && { npm: 'yes' }) });
  await until(() => from() || child.exitCode !== null);
  await sleep(delay);
  const ended = child.exitCode !== null;
  if (whom === 'group') killGroup(child.pid ?? 0);
  else child.kill('SIGKILL');
  await until(() => copy.processes().length === 0);
  copy.assertNothingLost();
  if (!ended && !done()) return;
  undo();
  await killSetUp(copy, { ...moment, delay: delay / 2 });
}
