/** A real copy of the repository, for faults that only a real set-up can meet. */
import { deepEqual } from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { hash } from 'node:crypto';
import {
  cpSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { freemem, tmpdir } from 'node:os';
import { join } from 'node:path';
import { projectRoot } from '../../../lib/command/machine/paths';
import { canFetchUv, findPython } from '../../../lib/lab/setup/packages/pythons';
import { temporaryFolder } from '../../folder';
import { isOf, processesWith } from '../../processes';
import { Folder } from './support';

/** Lists the repository's files, including uncommitted files, also without git's folder. */
export function tracked(): string[] {
  const empty = temporaryFolder();
  execFileSync('git', ['init', '--quiet', '--bare', empty]);
  const files = ['ls-files', '-z', '--others', '--exclude-standard'];
  const git = ['--git-dir', empty, '--work-tree', projectRoot, '-C', projectRoot, ...files];
  return execFileSync('git', git, { encoding: 'utf8' }).split('\0').filter(Boolean);
}

/** Gigabytes of an installation, with a margin. */
const WHOLE = 4;

/** The repository's files in a folder of an awkward name, on a small separate disk if possible. */
export class Copy extends Folder {
  private readonly files: string[];
  private readonly sums: string[];

  /** The folder that clones share. */
  readonly cache: string;

  private constructor(
    private readonly top: string,
    name: string,
    /** Whether the copy has a separate disk, a tmpfs. */
    readonly hasDisk: boolean,
  ) {
    super(join(top, name));
    this.cache = join(top, 'cache');
    this.files = tracked().filter(name => !/^(notebooks\/.*\.ipynb|\.github\/)/.test(name));
    for (const name of this.files) cpSync(join(projectRoot, name), join(this.root, name));
    this.sums = this.checksums();
  }

  static make(name = '我的 课程, lesson 1'): Copy {
    const top = realpathSync(mkdtempSync(join(tmpdir(), 'digits-copy-')));
    const room = freemem() > (WHOLE + 2) * 1e9;
    const mount =
      room && spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${WHOLE}g`, 'digits', top]);
    return new Copy(top, name, mount !== false && mount.status === 0);
  }

  override remove(): void {
    super.remove();
    if (this.hasDisk) execFileSync('umount', ['--lazy', this.top]);
    rmSync(this.top, { recursive: true, force: true });
  }

  /** Limits the free megabytes on the copy's disk during some work. */
  async withRoom<T>(megabytes: number, work: () => Promise<T>): Promise<T> {
    const blocks = execFileSync('df', ['--output=used', '-B1K', this.top], { encoding: 'utf8' });
    const resize = (size: string) =>
      execFileSync('mount', ['-o', `remount,size=${size}`, this.top], { stdio: 'pipe' });
    resize(`${Number(blocks.split('\n')[1]) + 1024 * megabytes}k`);
    try {
      return await work();
    } finally {
      resize(`${WHOLE}g`);
    }
  }

  // Nothing of how these tests were started: neither the environment in use nor npm's settings.
  protected environment(): Record<string, string> {
    const pattern =
      /^(DIGITS_|CONDA_|NB_PYTHON|NODE_OPTIONS|npm_(?!execpath|config_(registry|cache)))/;
    const variables = Object.entries(process.env).filter(([name]) => !pattern.test(name));
    const overrides = { LC_ALL: 'C.UTF-8', DIGITS_GPU: '0', TFJS_GRAPH_CACHE: this.cache };
    return { ...Object.fromEntries(variables), ...overrides };
  }

  /** A `PATH` of a folder that holds these programs alone. */
  async pathOf(...names: ('python3' | 'npm' | 'node' | 'sh' | 'unshare')[]): Promise<string> {
    const bin = mkdtempSync(join(this.top, 'bin-'));
    for (const name of names) {
      const program =
        name === 'python3'
          ? (await findPython(canFetchUv)).executable
          : execFileSync('which', [name], { encoding: 'utf8' }).trim();
      symlinkSync(program, join(bin, name));
    }
    return bin;
  }

  private checksums(): string[] {
    return this.files.map(name => hash('sha256', readFileSync(join(this.root, name))));
  }

  /** That the repository's own files are as they were. */
  assertNothingLost(): void {
    deepEqual(this.checksums(), this.sums);
  }

  /** The processes that work in the folder, or for the folder from elsewhere like uv, without ended processes. */
  processes(): number[] {
    return processesWith('').filter(pid => {
      try {
        return readlinkSync(`/proc/${pid}/cwd`).startsWith(this.root) || isOf(pid, this.root);
      } catch {
        return false; // ended, or none of ours
      }
    });
  }

  path(...names: string[]): string {
    return join(this.root, ...names);
  }

  /** The environment's `site-packages`. */
  get packages(): string {
    const lib = this.path('.venv', 'lib');
    const python = readdirSync(lib).find(name => name.startsWith('python')) ?? '';
    return join(lib, python, 'site-packages');
  }

  get kernel(): string {
    return this.path('.venv/share/jupyter/kernels/tslab/kernel.json');
  }
}

let shared: Copy | undefined;

/** The shared copy of a test run, since each installation takes minutes. */
export function sharedCopy(): Copy {
  shared ??= Copy.make();
  return shared;
}

after(function () {
  this.timeout(60_000);
  shared?.remove();
});
