/** `npm run notebooks -- [NAME …]`: builds and executes notebooks/NAME.ts, or all of them. */
import { join } from 'node:path';
import { withLock } from '../project/lock.mjs';
import { messages } from '../project/messages';
import { projectRoot } from '../project/paths';
import { buildNotebooks } from './build';

async function main(): Promise<void> {
  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort());

  await buildNotebooks(process.argv.slice(2), { signal: stop.signal });
}

withLock(join(projectRoot, 'build', 'notebooks.lock'), main, pid =>
  console.log(messages().publish.waitingFor(pid)),
).catch((error: Error) => {
  // The messages are written for people; the stack helps those who work on this program.
  console.error(process.env.DEBUG ? error : `\n${error.message}`);
  process.exitCode = 1;
});
