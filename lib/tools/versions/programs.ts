/** Finds and installs the versions of Node and Python that the matrix runs with. */
import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { ask, type Interpreter, oldest } from '../project/python';
import { minorOf } from './version-table';

/** Runs a program to its end; a failure throws. */
export type Run = (program: string, args: string[], cwd: string) => Promise<void>;

/** Installs the newest Node of a major version, from npm, once. Returns the folder of `node`. */
export async function installNode(major: number, folder: string, run: Run): Promise<string> {
  const { platform, arch } = process;
  const appleSilicon = platform === 'darwin' && arch === 'arm64';
  const system = platform === 'win32' ? 'win' : platform;
  // The package `node` would fetch this one by an install script.
  const name = [appleSilicon ? 'node-bin' : 'node', system, arch].join('-');
  const bin = join(folder, 'node_modules', name, 'bin');
  if (existsSync(bin)) return bin;
  mkdirSync(folder, { recursive: true });
  const quietly = ['--no-save', '--ignore-scripts', '--no-audit', '--no-fund'];
  await run('npm', ['install', ...quietly, '--prefix', folder, `${name}@${major}`], folder);
  return bin;
}

/** The newest minor version of Python 3 that the matrix looks for. */
export const newest = 15;

/** Finds Pythons that set-up takes, by names such as `3.13`: those on the path, else pyenv's. */
export async function findPythons(): Promise<Map<string, Interpreter>> {
  const found = new Map<string, Interpreter>();
  for (let minor = oldest; minor <= newest; minor++) {
    const name = `3.${minor}`;
    for (const program of [`python${name}`, ...ofPyenv(name)]) {
      const python = await ask(program);
      if (!python?.venv || minorOf(python.version) !== name) continue;
      found.set(name, python);
      break;
    }
  }
  return found;
}

/** Lists pyenv's own programs: those on the path answer only for the versions chosen in a folder. */
function ofPyenv(name: string): string[] {
  const versions = join(process.env.PYENV_ROOT ?? join(homedir(), '.pyenv'), 'versions');
  if (!existsSync(versions)) return [];
  return readdirSync(versions)
    .filter(version => minorOf(version) === name)
    .map(version => join(versions, version, 'bin', 'python'));
}
