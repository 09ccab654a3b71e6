/** A lack of network or of room, and what set-up says of it. */
import { spawnSync } from 'node:child_process';

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
  en: /The network could not be reached\. Check the connection .* what is already there is kept\./,
  zh: /无法连接网络。请检查网络.*已完成的部分会保留。/,
};
export const FULL = {
  en: /The disk is full\. About 4 GB are needed .* then run the same command again\./,
  zh: /磁盘已满。大约需要 4 GB.*请腾出空间，再运行同一条命令。/,
};
