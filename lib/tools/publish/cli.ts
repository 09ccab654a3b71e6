/** `npm run notebooks -- [NAME …]`: builds and executes notebooks/NAME.ts, or all of them. */
import { join } from 'node:path';
import { runCommand, runUntilStopped } from '../project/command';
import { withLock } from '../project/lock.mjs';
import { messages } from '../project/messages';
import { projectRoot } from '../project/paths';
import { buildNotebooks } from './build';

async function main(): Promise<void> {
  process.exitCode = await runUntilStopped(signal =>
    buildNotebooks(process.argv.slice(2), { signal }),
  );
}

const lock = join(projectRoot, 'build', 'notebooks.lock');
const onWait = (pid?: number) => console.log(messages().publish.waitingFor(pid));
void runCommand(() => withLock(lock, main, onWait));
