/** `npm run notebooks -- [NAME …]`: builds and executes notebooks/NAME.ts, or all of them. */
import { join } from 'node:path';
import { runCommand, stopSignal } from '../project/command';
import { withLock } from '../project/lock.mjs';
import { messages } from '../project/messages';
import { projectRoot } from '../project/paths';
import { buildNotebooks } from './build';

const main = () => buildNotebooks(process.argv.slice(2), { signal: stopSignal() });
const lock = join(projectRoot, 'build', 'notebooks.lock');
const onWait = (pid?: number) => console.log(messages().publish.waitingFor(pid));
void runCommand(() => withLock(lock, main, onWait));
