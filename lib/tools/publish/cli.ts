/** `npm run notebooks -- [NAME …]`: builds and executes notebooks/NAME.ts, or all of them. */
import { join } from 'node:path';
import { preferredLanguage } from '../project/failure.mjs';
import { withLock } from '../project/lock.mjs';
import { projectRoot } from '../project/paths';
import { buildNotebooks } from './build';

const waitingFor = (pid?: number) => ({
  zh: `另一个 npm run notebooks（进程 ${pid}）正在写这些笔记本，请等它完成。`,
  en: `Another npm run notebooks (process ${pid}) is writing these notebooks; waiting for it.`,
});

async function main(): Promise<void> {
  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort());

  await buildNotebooks(process.argv.slice(2), { signal: stop.signal });
}

withLock(join(projectRoot, 'build', 'notebooks.lock'), main, pid =>
  console.log(waitingFor(pid)[preferredLanguage()]),
).catch((error: Error) => {
  // The messages are written for people; the stack helps those who work on this program.
  console.error(process.env.DEBUG ? error : `\n${error.message}`);
  process.exitCode = 1;
});
