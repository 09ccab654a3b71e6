/** A port and a folder that no other process or clone uses; mocha numbers parallel processes. */
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { projectRoot } from '../lib/command/machine/paths';
import { freePort } from '../lib/command/processes/free-port';

const PORTS_EACH = 500;

const number = Number(process.env.MOCHA_WORKER_ID ?? 0);

const [clone = 0] = createHash('sha256').update(projectRoot).digest();
/** Below the systems' ephemeral ports. */
const first = 18_800 + PORTS_EACH * ((4 * (clone % 6) + number) % 24);
let count = 0;

/**
 * A port that is free, and so are in all likelihood the next few. The port changes each time: connections
 * that were kept to a server that has ended fail.
 */
export const ownPort = (): Promise<number> =>
  freePort(first + ((count++ * 10) % (PORTS_EACH - 10)));

/** The path of a folder below `build`, and so of the project; the caller creates and empties the folder. */
export const ownFolder = (...names: string[]): string =>
  join(projectRoot, 'build', 'tests', String(number), ...names);
