/** An account for a learner that only the classroom under test can see. */
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { join, sep } from 'node:path';
import { closedPart } from '../../../lib/tools/classroom/reachable';
import { pythonEnvironment } from '../../../lib/tools/project/paths';

export interface Account {
  readonly name: string;
  readonly password: string;
  /** Stands before a command that is to know the account. */
  readonly words: readonly string[];
  /** Holds the account's home; to be removed. */
  readonly folder: string;
}

/** As `account.sh` writes it. */
export const UID = 64242;

/** @returns undefined where this machine does not let us; root on Linux may. */
export function makeAccount(name: string): Account | undefined {
  const folder = mkdtempSync('/tmp/digits-account-');
  chmodSync(folder, 0o711);
  const python = realpathSync(pythonEnvironment().program('python'));
  const closed = closedPart(python) ?? '';
  const needed = closed && python.split(sep, closed.split(sep).length + 1).join(sep);
  const password = 'a secret word';
  const script = join(__dirname, 'account.sh');
  const words = ['unshare', '-m', 'sh', script, folder, name, password, closed, needed];
  try {
    execFileSync('unshare', [...words.slice(1), 'id', name], { stdio: 'ignore' });
    return { name, password, words, folder };
  } catch {
    rmSync(folder, { recursive: true });
    return undefined;
  }
}
