/** An account for a learner that only the classroom under test can see. */
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { sep } from 'node:path';
import { closedPart } from '../../../lib/tools/classroom/reachable';
import { pythonEnvironment } from '../../../lib/tools/project/paths';

/**
 * In a namespace of its own: files of accounts with one account more lie over the machine's. Where
 * Python is in somebody's closed home, the part of it that is needed is open there.
 */
const SCRIPT = `
set -e
folder=$0 name=$1 password=$2 closed=$3 needed=$4
shift 4
cp -p /etc/passwd /etc/group "$folder"
echo "$name:x:64242:64242::$folder/home:/bin/sh" >> "$folder/passwd"
echo "$name:x:64242:" >> "$folder/group"
umask 077
echo "$name:$(openssl passwd -6 "$password"):19000:0:99999:7:::" > "$folder/shadow"
umask 022
for file in passwd group shadow; do mount --bind "$folder/$file" /etc/$file; done
mkdir -p "$folder/home" "$folder/needed"
chown 64242:64242 "$folder/home"
if [ "$closed" ]; then
  mount --bind "$needed" "$folder/needed"
  mount -t tmpfs -o mode=755 tmpfs "$closed"
  mkdir "$needed"
  mount --bind "$folder/needed" "$needed"
fi
exec "$@"
`;

export interface Account {
  readonly name: string;
  readonly password: string;
  readonly uid: number;
  /** Stands before a command that is to know the account. */
  readonly words: readonly string[];
  /** Holds the account's home; to be removed. */
  readonly folder: string;
}

/** @returns undefined where this machine does not let us; root on Linux may. */
export function makeAccount(name: string): Account | undefined {
  const folder = mkdtempSync('/tmp/digits-account-');
  chmodSync(folder, 0o711);
  const python = realpathSync(pythonEnvironment().program('python'));
  const closed = closedPart(python) ?? '';
  const needed = closed && python.split(sep, closed.split(sep).length + 1).join(sep);
  const password = 'a secret word';
  const words = ['unshare', '-m', 'sh', '-c', SCRIPT, folder, name, password, closed, needed];
  try {
    execFileSync('unshare', [...words.slice(1), 'id', name], { stdio: 'ignore' });
    return { name, password, uid: 64242, words, folder };
  } catch {
    rmSync(folder, { recursive: true });
    return undefined;
  }
}
