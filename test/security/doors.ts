/** Ports and files that other accounts on this machine could access. */
import { deepEqual, ok } from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { pythonEnvironment } from '../../lib/command/machine/paths';

/** The kind and address of a door; doors.py lists the kinds. */
export type Door = readonly [kind: string, ...unknown[]];

/** Skips a test of doors where nobody can be another account. */
export function skipWithoutAccounts(test: Mocha.Context): void {
  if (process.platform === 'linux' && process.getuid?.() === 0) return;
  console.log('  to come as another account needs root on Linux, so skipped:');
  test.skip();
}

/** Tries doors: each must be open to root, which proves the access, and closed to another account. */
export async function assertShut(
  secrets: readonly string[],
  doors: readonly Door[],
): Promise<void> {
  const python = pythonEnvironment().program('python');
  const trying = promisify(execFile)(python, [join(__dirname, 'doors.py')]);
  trying.child.stdin?.end(JSON.stringify({ secrets, doors }));
  const { tried, shut, open } = JSON.parse((await trying).stdout);
  deepEqual({ shut, open }, { shut: [], open: [] });
  ok(tried >= doors.length);
}
