/** A port and a folder that no other process of a run of tests uses; mocha numbers those side by side. */
import { join } from 'node:path';
import { freePort } from '../lib/tools/project/free-port';
import { projectRoot } from '../lib/tools/project/paths';

const PORTS_EACH = 500;

const number = Number(process.env.MOCHA_WORKER_ID ?? 0);

/** A port that is free, and so are in all likelihood the next few. */
export const ownPort = (): Promise<number> => freePort(18_800 + PORTS_EACH * number);

/** The path of a folder below `build`, and so of the project; made and emptied by who asks for it. */
export const ownFolder = (...names: string[]): string =>
  join(projectRoot, 'build', 'tests', String(number), ...names);
