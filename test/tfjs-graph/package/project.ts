/** A user's project: an empty folder with the package, installed by npm. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { projectRoot } from '../../../lib/command/machine/paths';

const runFile = promisify(execFile);

interface Outcome {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** The result of `train` in `consumer/program.cjs`. */
export interface Trained {
  readonly node: string;
  readonly backend: string;
  readonly losses: readonly number[];
  readonly isCompiled: boolean;
  readonly hasLearned: boolean;
}

/** Asserts that a program trained by compiled steps, and the other results of `tryAll`. */
export const assertTrained = (
  { node: _, losses: __, ...tried }: Trained,
  backend = 'tensorflow',
): void =>
  assert.deepEqual(tried, {
    ...{ backend, isCompiled: true, hasLearned: true, bytes: [0, Math.fround(0.2), 1] },
    ...{ input: 'divisor', refused: 'reads-back', graph: [1000], weights: [3, -2] },
  });

/** Packs the package without addons; returns the name of the tarball. */
async function packAlone(destination: string): Promise<string> {
  const pack = [join(projectRoot, 'lib/lab/addon/tarball.cjs'), '--pack-destination', destination];
  const cwd = join(projectRoot, 'lib', 'tfjs-graph');
  return (await runFile(process.execPath, pack, { cwd })).stdout.trim();
}

export class Project {
  private constructor(
    private readonly top: string,
    readonly folder: string,
  ) {}

  /**
   * Installs the package, and other packages, from npm's registry.
   *
   * @param from a registry that has the package; otherwise packs the package without the addon.
   * @param machine the target system, such as `win32-x64`, if not this one.
   */
  static async with(
    packages: readonly string[],
    { from, machine }: { from?: string; machine?: string } = {},
  ): Promise<Project> {
    const top = mkdtempSync(join(tmpdir(), '测试 tfjs & '));
    const project = new Project(top, join(top, 'project'));
    mkdirSync(project.folder);
    project.put('package.json', '{ "private": true }');
    const quietly = ['--ignore-scripts', '--prefer-offline', '--no-audit', '--no-fund'];
    const ours = from ? 'tfjs-graph' : `../${await packAlone(top)}`;
    const registry = from ? ['--registry', from] : [];
    const [os, cpu] = machine?.split('-') ?? [];
    const system = machine ? [`--os=${os}`, `--cpu=${cpu}`] : [];
    await runFile('npm', ['install', ...quietly, ...system, ...registry, ours, ...packages], {
      cwd: project.folder,
    });
    cpSync(join(__dirname, 'consumer'), project.folder, { recursive: true });
    return project;
  }

  path(...parts: string[]): string {
    return join(this.folder, ...parts);
  }

  put(name: string, content: string): void {
    writeFileSync(this.path(name), content);
  }

  /** Runs a program of Node's in the project. */
  async run(
    args: readonly string[],
    { node = process.execPath, cwd = this.folder, env = {} } = {},
  ): Promise<Outcome> {
    const options = {
      cwd,
      env: { ...process.env, TF_CPP_MIN_LOG_LEVEL: '2', ...env },
    };
    try {
      const { stdout, stderr } = await runFile(node, [...args], options);
      return { code: 0, stdout, stderr };
    } catch (error) {
      const { code = null, stdout = '', stderr = String(error) } = error as Partial<Outcome>;
      return { code, stdout, stderr };
    }
  }

  /** Runs a program of `consumer/`, and returns the printed result. */
  async tried(args: readonly string[], env = {}): Promise<Trained> {
    const { code, stdout, stderr } = await this.run(args, { env });
    if (code !== 0) throw new Error(`${args.join(' ')} ended with ${code}:\n${stderr}`);
    return JSON.parse(stdout);
  }

  /** Runs `npx tfjs-graph`, without npx. */
  command(args: readonly string[], options: Parameters<Project['run']>[1] = {}): Promise<Outcome> {
    return this.run([this.path('node_modules', '.bin', 'tfjs-graph'), ...args], options);
  }

  remove(): void {
    rmSync(this.top, { recursive: true, force: true });
  }
}
