/** Checks that learners with accounts of their own can run what the classroom gives them. */
import { lstatSync, realpathSync } from 'node:fs';
import { sep } from 'node:path';
import { Failure } from '../project/failure.mjs';

/** Lists the folders from the root down to a file or folder, and that itself. */
const wayTo = (path: string): string[] =>
  path.split(sep).map((_, i, parts) => parts.slice(0, i + 1).join(sep) || sep);

const isClosed = (path: string) => (lstatSync(path).mode & 0o001) === 0;

/**
 * Finds the first folder on the way to a program or folder, or that itself, which accounts other than
 * its owner's and group's may not enter or run; undefined where they may use it all.
 *
 * @param path an absolute path; where it is a link, so is the way to what it leads to
 * @throws Error where there is no such path
 */
export function closedPart(path: string): string | undefined {
  return [...wayTo(path), ...wayTo(realpathSync(path))].find(isClosed);
}

/** @throws Failure where learners cannot reach one of these programs or folders. */
export function assertReachable(paths: readonly string[]): void {
  for (const path of paths) {
    const closed = closedPart(path);
    if (closed) throw unreachable(realpathSync(path), closed);
  }
}

const unreachable = (path: string, closed: string) =>
  new Failure({
    en: `With --accounts system, learners use ${path} under their own accounts, but ${closed} is closed to them. If you may open it, run chmod o+x ${closed}. Otherwise put the project where everyone can read it, such as /opt/digits, use the system's Node and Python rather than those in somebody's home folder (if you change Python, delete .venv), and run npm run setup there.`,
    zh: `使用 --accounts system 时，学生以自己的身份使用 ${path}，但 ${closed} 不对他们开放。如果可以开放：chmod o+x ${closed}。否则请把项目放在所有人可读的位置，例如 /opt/digits，使用系统的 Node 和 Python，而不是某人主目录里的（换 Python 后请删除 .venv），再在那里运行 npm run setup。`,
  });
