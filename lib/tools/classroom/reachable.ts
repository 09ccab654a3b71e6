/** Checks that learners with accounts of their own can run what the classroom gives them. */
import { lstatSync, realpathSync } from 'node:fs';
import { sep } from 'node:path';
import { Failure } from '../project/failure.mjs';
import { messages } from '../project/messages';

/** Lists the folders from the root down to a file or folder, and that itself. */
const wayTo = (path: string): string[] =>
  path.split(sep).map((_, i, parts) => parts.slice(0, i + 1).join(sep) || sep);

const isClosed = (path: string) => (lstatSync(path).mode & 0o001) === 0;

/**
 * Finds the first folder on the way to a program or folder, or that itself, which accounts other than
 * its owner's and group's may not enter or run; undefined where they may use it all.
 *
 * @param path an absolute path; where it is a link, so is the way to what it leads to
 */
export function closedPart(path: string): string | undefined {
  return [...wayTo(path), ...wayTo(realpathSync(path))].find(isClosed);
}

/** @throws Failure if learners cannot reach one of these programs or folders */
export function assertReachable(paths: readonly string[]): void {
  for (const path of paths) {
    const closed = closedPart(path);
    if (closed) throw new Failure(messages().classroom.unreachable(realpathSync(path), closed));
  }
}
