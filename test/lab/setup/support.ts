/** Folders with the project or a part of the project, for set-up. */
import { equal } from 'node:assert/strict';
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { find } from '@mapbox/node-pre-gyp';
import { projectRoot, pythonEnvironment } from '../../../lib/command/machine/paths';
import { earlyTables } from '../../../lib/command/output/language.mjs';
import { interpreterOf } from '../../../lib/lab/setup/packages/pythons';
import { temporaryFolder } from '../../folder';
import { gather } from '../../processes';

export interface Outcome {
  /** The exit code; `null` when a signal ended it. */
  readonly code: number | null;
  /** The output, stdout and stderr interleaved. */
  readonly output: string;
}

/** A folder of the project's files, removed at the end with its running processes. */
export abstract class Folder {
  private readonly started: ChildProcess[] = [];

  constructor(readonly root: string) {}

  /** The variables that set-up runs with. */
  protected abstract environment(): Record<string, string>;

  /**
   * Starts a command of set-up, as npm would, as the head of a process group.
   *
   * @param env more variables; `node` holds arguments for Node, `under` a command to run it with; where
   * `npm` holds anything, npm itself starts it
   */
  start(command: string, args: string[] = [], env: Record<string, string> = {}) {
    const { node = '', under = '', npm = '', ...variables } = env;
    const words = (text: string) =>
      Array.from(text.matchAll(/'([^']*)'|\S+/g), ([word, quoted]) => quoted ?? word);
    const script = join(this.root, 'lib', 'command', 'bootstrap.mjs');
    const itself = [...words(under), process.execPath, ...words(node), script];
    const [program = '', ...rest] = npm ? ['npm', 'run'] : itself;
    const child = spawn(program, [...rest, command, ...args], {
      cwd: this.root,
      env: { ...this.environment(), ...variables },
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    });
    this.started.push(child);
    const output = gather(child);
    const outcome = new Promise<Outcome>(settle => {
      child.on('close', code => settle({ code, output: output() }));
    });
    return { child, outcome, output };
  }

  run(command: string, args: string[] = [], env: Record<string, string> = {}): Promise<Outcome> {
    return this.start(command, args, env).outcome;
  }

  /** Runs a command that must end; returns the output. */
  async succeeds(...command: Parameters<Folder['run']>): Promise<string> {
    const { code, output } = await this.run(...command);
    equal(code, 0, output);
    return output;
  }

  /** The path where this folder's TensorFlow.js expects the addon. */
  get addon(): string {
    return find(join(this.root, 'node_modules/@tensorflow/tfjs-node-gpu/package.json'));
  }

  remove(): void {
    for (const { pid, exitCode } of this.started) {
      if (pid && exitCode === null) killGroup(pid);
    }
    rmSync(this.root, { recursive: true, force: true });
  }
}

/** The packages that set-up runs: a copy must not import the original. */
const COPIED = ['bench', 'class', 'command', 'lab', 'publish'];

/** A temporary folder with the project's set-up, and `node_modules` by symlinks. */
export class Project extends Folder {
  /** The folder that alone is on `PATH`; `python3` and the like are put here. */
  readonly bin = join(this.root, 'bin');
  readonly venv = join(this.root, '.venv');
  private readonly index?: Record<string, string>;

  /** @param withUv whether the fake uv is on the path. */
  constructor({ withPackages = true, withUv = true } = {}) {
    super(temporaryFolder());
    // Then nothing is to be fetched; a closed port answers at once.
    if (withUv) this.index = { PIP_INDEX_URL: 'http://127.0.0.1:9/simple' };
    mkdirSync(this.bin);
    for (const name of [
      ...['package.json', 'package-lock.json', '.npmrc', 'environment.yml', 'tsconfig.json'],
      'notebooks/lesson.ts', // by which the command line knows its stages
      ...COPIED.map(name => `lib/${name}`),
    ]) {
      cpSync(join(projectRoot, name), join(this.root, name), { recursive: true });
    }
    for (const name of ['digits', 'kernel', 'mnist-data-loader', 'tfjs-graph']) {
      symlinkSync(join(projectRoot, 'lib', name), join(this.root, 'lib', name));
    }
    if (withPackages) {
      this.linkPackages();
      this.forgetSystems();
    }
    if (withUv) this.program('uv', readFileSync(join(__dirname, 'fake-uv.cjs'), 'utf8'));
  }

  // Parts for one system would be missing in tests that simulate another system.
  private forgetSystems(): void {
    const lock = join(this.root, 'package-lock.json');
    const { packages, ...rest } = JSON.parse(readFileSync(lock, 'utf8'));
    const forAll = Object.entries<{ os?: string[] }>(packages).filter(([, { os }]) => !os);
    writeFileSync(lock, JSON.stringify({ ...rest, packages: Object.fromEntries(forAll) }));
  }

  // The build writes the addon into its package's folder, so this folder is a copy.
  private linkPackages(): void {
    const from = join(projectRoot, 'node_modules');
    const to = join(this.root, 'node_modules');
    const scope = '@tensorflow';
    mkdirSync(join(to, scope), { recursive: true });
    const scoped = readdirSync(join(from, scope)).map(name => join(scope, name));
    for (const name of COPIED) symlinkSync(join(this.root, 'lib', name), join(to, name));
    for (const name of [...readdirSync(from), ...scoped]) {
      if (!existsSync(join(to, name)) && !name.endsWith('tfjs-node-gpu')) {
        symlinkSync(join(from, name), join(to, name));
      }
    }
    cpSync(join(from, scope, 'tfjs-node-gpu'), join(to, scope, 'tfjs-node-gpu'), {
      recursive: true,
      filter: source => !source.endsWith('napi-v8'),
    });
  }

  protected environment(): Record<string, string> {
    return { PATH: this.bin, HOME: this.root, LANG: 'C.UTF-8', ...this.index };
  }

  /** Puts a program on the path: a script for Node. */
  program(name: string, script: string): string {
    const file = join(this.bin, name);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, `#!${process.execPath}\n${script}`, { mode: 0o755 });
    return file;
  }

  /** Puts a Python with this description on the path. */
  python(name: string, about: { version: string } & Record<string, unknown>): string {
    const file = this.program(name, '');
    writeFileSync(file, readFileSync(join(__dirname, 'fake-python.sh')));
    writeFileSync(`${file}.about`, `${JSON.stringify({ venv: true, bits: 64, ...about })}\n`);
    return file;
  }

  /** Creates a real `.venv` with symlinks to the packages of this project's `.venv`. */
  async linkedVenv(): Promise<void> {
    const interpreter = await interpreterOf(pythonEnvironment());
    if (!interpreter) throw new Error('npm test has set up no Python environment');
    execFileSync(interpreter.executable, ['-m', 'venv', '--without-pip', this.venv]);
    const python = await interpreterOf(pythonEnvironment(this.venv));
    for (const entry of readdirSync(interpreter.packages)) {
      symlinkSync(join(interpreter.packages, entry), join(python?.packages ?? '', entry));
    }
  }

  /** The installations that the fake uv received, a line per call. */
  installs(): string[] {
    const calls = join(this.root, 'uv-calls.log');
    if (!existsSync(calls)) return [];
    return readFileSync(calls, 'utf8')
      .split('\n')
      .filter(line => line.startsWith('pip install'));
  }
}

/** Returns the start of the sentence about a cause. */
export function sayingOf(language: 'en' | 'zh', cause: 'diskFull' | 'network'): RegExp {
  const facts = { name: cause, proxies: [], folder: '@', megabytes: 0 };
  const [first = ''] = earlyTables[language].causes[cause](facts).split(/[.。]/);
  return new RegExp(first.replace('@', '.+').replace('0', '\\d+'));
}

/** Node's argument that simulates another system or version. */
export function disguise(facts: { platform?: string; arch?: string; version?: string }): string {
  const code = Object.entries(facts).map(([name, value]) => {
    const target = name === 'version' ? "process.versions,'node'" : `process,'${name}'`;
    return `Object.defineProperty(${target},{value:'${value}'});`;
  });
  return `--import data:text/javascript,${code.join('')}`;
}

/** A system without TensorFlow's library, so that set-up needs neither wheel nor compiler. */
export const withoutNative = {
  node: disguise({ arch: 'mips' }),
  // esbuild, a part of tsx, would search for the binary of that system.
  ESBUILD_BINARY_PATH: require.resolve(`@esbuild/${process.platform}-${process.arch}/bin/esbuild`),
};

/** Kills a process group that the test has started. */
export function killGroup(pid: number): void {
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {} // it has ended
}

export async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise(settle => setTimeout(settle, 20));
}
