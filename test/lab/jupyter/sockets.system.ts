import { deepEqual, equal, match } from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { projectRoot, pythonEnvironment } from '../../../lib/command/machine/paths';
import { temporaryFolder } from '../../folder';

const IMPORT = `import os, sys
sys.dont_write_bytecode = True
sys.path.append(${JSON.stringify(join(projectRoot, 'lib', 'lab', 'jupyter'))})
from sockets import Path, holds_sockets, own_folder
`;

const python = pythonEnvironment().program('python');

/** Runs a program that imports the module, and returns the output. */
function exec(program: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): string {
  const options = { encoding: 'utf8', env: { ...process.env, ...env } } as const;
  return execFileSync(python, ['-c', IMPORT + program, ...args], options).trim();
}

describe('a folder for sockets', () => {
  let folder: string;
  beforeEach(() => {
    folder = temporaryFolder();
  });

  it('that is named is made where it is missing; a path too long for a socket, or a file, is none', () => {
    const holdsSockets = (path: string): boolean =>
      exec('print(holds_sockets(Path(sys.argv[1])))', [path]) === 'True';
    const runFolder = join(folder, 'run', '小明');
    equal(holdsSockets(runFolder), true);
    deepEqual(readdirSync(runFolder), []);
    equal(holdsSockets(join(folder, 'x'.repeat(80))), false);
    writeFileSync(join(folder, 'file'), '');
    equal(holdsSockets(join(folder, 'file')), false);
  });

  describe('of one’s own', () => {
    /** The temporary folder at `place`, and the permissions. */
    function ownFolder(place: string, env: NodeJS.ProcessEnv = {}): [path: string, mode: string] {
      const program = `os.umask(0)
with own_folder() as folder:
    print(folder, oct(os.stat(folder).st_mode), holds_sockets(folder))`;
      const [path = '', mode = '', holds] = exec(program, [], { TMPDIR: place, ...env }).split(' ');
      equal(holds, 'True');
      equal(existsSync(path), false, 'it is gone in the end');
      return [path, mode];
    }

    it('is closed to others, whatever the umask, and gone in the end', () => {
      const [path, mode] = ownFolder(folder);
      equal(dirname(path), folder);
      equal(mode, '0o40700');
    });

    const unfit: Record<string, (place: string) => void> = {
      'has a path too long': () => {},
      'lets anybody rename what is in it': path => chmodSync(path, 0o777),
    };
    for (const [fault, make] of Object.entries(unfit)) {
      it(`is made elsewhere where the place for temporary ones ${fault}`, () => {
        const path = join(folder, /long/.test(fault) ? 'x'.repeat(80) : 'place');
        mkdirSync(path);
        make(path);
        equal(dirname(ownFolder(path)[0]), '/tmp');
      });
    }

    it('is missed, and npm start says so, where no place can hold it', function () {
      const script = `for each in /tmp /var/tmp; do
        mount --bind $each $each && mount -o remount,bind,ro $each || exit
      done; exec "$0" "$@"`;
      const lab = join(projectRoot, 'lib', 'lab', 'serve.py');
      const words = ['-m', 'sh', '-c', script, python, '-I', lab, 'zh', '--version'];
      const env = { TMPDIR: '/tmp', XDG_RUNTIME_DIR: '/nowhere', DIGITS_LAB_TOKEN: '' };
      const { status, stdout } = spawnSync('unshare', words, {
        cwd: '/proc',
        encoding: 'utf8',
        env: { ...process.env, ...env },
      });
      if (status !== 0) this.skip(); // only root on Linux mounts
      match(stdout, /^这里没有可以放内核套接字的文件夹.*其他账户能读到单元格的输出。\n\d/);
    });
  });
});
